/**
 * What is asked in person and never stored: citizenship, visas, everything of Form W-7, and the statistics of page 4.
 * Each says, or lets one guess, who could be deported, or sorts people by origin; none is needed once the interview is over.
 */

/** Names of answers, in any group and at any depth, compared in small letters without marks: `us_citizen` is `usCitizen`. */
const STATUS = `
  usCitizen citizen citizenship isUsCitizen isCitizen usCitizenship countryOfCitizenship countriesOfCitizenship nationality
  nonCitizen nonresidentAlien residentAlien immigrationStatus immigration legalStatus lawfulStatus permanentResident greenCard
  residentOfUsCanadaMexico residentUsCanadaMexico usOnVisa onVisa inUsOnVisa visa hasVisa visaType visaNumber visaStatus
  visaExpiration visaExpirationDate undocumented alienNumber alienRegistrationNumber uscisNumber i94 i94Number`;

/** Which kind of taxpayer number there is, or that there is none. */
const KIND_OF_NUMBER = `
  tinType taxpayerIdType hasItin hasSsn noSsn needsItin needItin needsItinHelp needItinHelp itinApplicant itinApplication
  ssnValidForEmployment ssnNotValidForEmployment`;

const FORM_W7 = `
  w7 formW7 reasonForW7 placeOfBirth countryOfBirth cityOfBirth foreignAddress foreignTaxId foreignTaxIdentificationNumber
  dateOfEntry entryDate dateOfEntryToUs passport passportNumber passportCountry passportExpiration driverLicense
  driverLicenseNumber driversLicense stateId stateIdNumber sex gender nameAtBirth priorItin irsn treatyCountry treatyArticle`;

const STATISTICS = `
  race ethnicity raceEthnicity yourRaceEthnicity spouseRaceEthnicity spousesRaceEthnicity yourSpousesRaceEthnicity hispanicLatino
  demographics statistics optionalQuestions conversationEnglish englishConversation carryConversationEnglish readEnglish
  englishReading readNewspaperEnglish householdDisability memberHouseholdDisability veteran isVeteran youSpouseVeteran`;

const NAMES = [STATUS, KIND_OF_NUMBER, FORM_W7, STATISTICS].flatMap((names) => names.trim().split(/\s+/));

const FOLDED: ReadonlySet<string> = new Set(NAMES.map(folded));

function folded(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** @param name one part of a path, such as `usCitizen` */
export function isNeverStoredName(name: string): boolean {
  return name.length <= 64 && FOLDED.has(folded(name));
}

/** @param path such as `taxpayer.usCitizen` or `household.0.visaType` */
export function isNeverStored(path: string): boolean {
  return path.split('.').some(isNeverStoredName);
}

const PAGE_1 = 'form1[0].page1[0]';
const PAGE_4 = 'form1[0].page4[0]';
const ANSWERS_IN_ENGLISH = ['notAnswer', 'notAtAll', 'notWell', 'veryWell', 'well'];
const GROUPS_OF_PEOPLE = [
  'americanIndian',
  'asian',
  'blackAfricanAmerican',
  'hawaiianPacific',
  'hispanicLatino',
  'middleEsternNorthAfrican',
  'white',
];

/** The boxes of Form 13614-C for these: the page that prints the form can tick them, and they go nowhere else. */
export const NEVER_STORED_BOXES: readonly string[] = [
  ...['You', 'Spouse', 'No'].flatMap((who) => [
    `${PAGE_1}.youSpouseWereIn[0].column1[0].usCitizen[0].usCitizen${who}[0]`,
    `${PAGE_1}.youSpouseWereIn[0].column1[0].usOnVisa[0].onVisa${who}[0]`,
  ]),
  ...[1, 2, 3, 4].flatMap((row) => [
    `${PAGE_1}.namesOf[0].Row${row}[0].usCitizen[0]`,
    `${PAGE_1}.namesOf[0].Row${row}[0].residentUSCandaMexico[0]`,
  ]),
  ...ANSWERS_IN_ENGLISH.flatMap((answer) => [
    `${PAGE_4}.optionalQuestions[0].carryConversationEnglish[0].${answer}[0]`,
    `${PAGE_4}.optionalQuestions[0].readNewspaperEnglish[0].${answer}[0]`,
  ]),
  ...['disabilityNo', 'disabilityYes', 'notAnswer'].map(
    (answer) => `${PAGE_4}.optionalQuestions[0].memberHouseholdDisability[0].${answer}[0]`,
  ),
  ...['veteranNo', 'veteranYes', 'notAnswer'].map((answer) => `${PAGE_4}.optionalQuestions[0].youSpouseVeteran[0].${answer}[0]`),
  ...GROUPS_OF_PEOPLE.flatMap((group) => [
    `${PAGE_4}.yourRaceEthnicity[0].${group}[0]`,
    `${PAGE_4}.yourSpousesRaceEthnicity[0].${group}[0]`,
  ]),
];
