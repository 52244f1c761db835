import { Field } from './field.js';
import { intakeSheet, SITE_PRACTICE, ticked, written, youSpouseNo } from './questions/boxes.js';
import * as ask from './questions/person.js';

const SHEET = intakeSheet(1);
const COLUMN_1 = 'youSpouseWereIn[0].column1[0]';
const COLUMN_2 = 'youSpouseWereIn[0].column2[0]';

/** The person who files the return: page 1 of the form, column "You". */
export class Taxpayer {
  @Field({ ...ask.FIRST_NAME, class: 'identity', source: SHEET, boxes: [written(1, 'yourFirstName[0]')] })
  firstName?: string;

  @Field({ ...ask.MIDDLE_INITIAL, class: 'identity', source: SHEET, boxes: [written(1, 'yourMiddleInitial[0]')] })
  middleInitial?: string;

  @Field({ ...ask.LAST_NAME, class: 'identity', source: SHEET, boxes: [written(1, 'yourLastName[0]')] })
  lastName?: string;

  @Field({ ...ask.SUFFIX, class: 'identity', source: SITE_PRACTICE, boxes: [written(1, 'yourLastName[0]')] })
  suffix?: string;

  @Field({ ...ask.DATE_OF_BIRTH, class: 'identity', source: SHEET, boxes: [written(1, 'yourDateOfBirth[0]')] })
  dateOfBirth?: string;

  @Field({ ...ask.JOB_TITLE, class: 'identity', source: SHEET, boxes: [written(1, 'yourJobTitle[0]')] })
  jobTitle?: string;

  @Field({
    ...ask.CAN_BE_CLAIMED_BY_ANOTHER,
    kind: 'boolean',
    class: 'situation',
    source: SHEET,
    boxes: [ticked(1, 'anyoneElseClaim[0].otherClaimYes[0]', true), ticked(1, 'anyoneElseClaim[0].otherClaimNo[0]', false)],
  })
  canBeClaimedByAnother?: boolean;

  @Field({
    ...ask.FULL_TIME_STUDENT,
    kind: 'boolean',
    class: 'situation',
    source: SHEET,
    boxes: youSpouseNo(`${COLUMN_1}.fullTimeStudent[0]`, 'student', 'You'),
  })
  fullTimeStudent?: boolean;

  @Field({
    ...ask.LEGALLY_BLIND,
    kind: 'boolean',
    class: 'situation',
    source: SHEET,
    boxes: youSpouseNo(`${COLUMN_2}.legallyBlind[0]`, 'legallyBlind', 'You'),
  })
  legallyBlind?: boolean;

  @Field({
    ...ask.PERMANENTLY_DISABLED,
    kind: 'boolean',
    class: 'situation',
    source: SHEET,
    boxes: youSpouseNo(`${COLUMN_2}.totallyPermanentlyDisabled[0]`, 'disabled', 'You'),
  })
  permanentlyDisabled?: boolean;

  @Field({
    ...ask.HAS_IDENTITY_PROTECTION_PIN,
    kind: 'boolean',
    class: 'situation',
    source: SHEET,
    boxes: youSpouseNo(`${COLUMN_2}.issuedIdentityProtection[0]`, 'identityProtection', 'You'),
  })
  hasIdentityProtectionPin?: boolean;

  @Field({
    ...ask.HAS_DIGITAL_ASSETS,
    kind: 'boolean',
    class: 'situation',
    source: SHEET,
    boxes: youSpouseNo(`${COLUMN_2}.holdDigitalAssets[0]`, 'digitalAssets', 'You'),
  })
  hasDigitalAssets?: boolean;

  @Field({
    ...ask.WANTS_LETTERS_IN_ANOTHER_LANGUAGE,
    kind: 'boolean',
    class: 'situation',
    source: SHEET,
    boxes: youSpouseNo('writtenCommunicationLanguage[0]', 'otherLanguage', 'You'),
  })
  wantsLettersInAnotherLanguage?: boolean;

  @Field({
    ...ask.WANTS_ELECTION_FUND,
    kind: 'boolean',
    class: 'situation',
    source: SHEET,
    boxes: youSpouseNo('presidentialElectionFund[0]', 'presidentialElectionFund', 'You'),
  })
  wantsElectionFund?: boolean;

  @Field(ask.TAXPAYER_ID)
  taxpayerId?: string;

  @Field(ask.IDENTITY_PROTECTION_PIN)
  identityProtectionPin?: string;
}
