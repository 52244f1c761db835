import { PROBLEMS } from '../../src/catalogue/problems.js';
import { day } from '../../src/platform/clock.js';
import { answersToForm } from '../../src/web/form/answers-to-form.js';
import { conflictPage } from '../../src/web/pages/conflict-page.js';
import { destroyedPage } from '../../src/web/pages/destroyed-page.js';
import { intakeListPage } from '../../src/web/pages/intake-list-page.js';
import { keptConsentsPage, keptYearsPage } from '../../src/web/pages/kept-consents-page.js';
import { lastStagePage } from '../../src/web/pages/last-stage-page.js';
import { newIntakePage } from '../../src/web/pages/new-intake-page.js';
import { preparerListPage, preparerListsPage } from '../../src/web/pages/preparer-list-page.js';
import { reviewPage } from '../../src/web/pages/review-page.js';
import { stagePage } from '../../src/web/pages/stage-page.js';
import { topicPage } from '../../src/web/pages/topic-page.js';
import { whatIsLeftPage } from '../../src/web/pages/what-is-left-page.js';
import { TOPICS } from '../../src/catalogue/topics.js';
import { LONG_CLIENT } from './long-names.js';
import { INTAKE, inputsOf, LIVES, LONG_NAMED, PREPARER, topic, TOPIC_LINKS } from './sample-intake.js';
import { sample } from './sample.js';

const ANSWERS = {
  taxpayer: { firstName: 'Thảo', lastName: 'Nguyễn-O’Neil', dateOfBirth: '1985-04-05', jobTitle: 'Baker', fullTimeStudent: false, taxpayerId: '123-00-4567' },
  address: { street: '14 Elm Street', city: 'Baltimore', state: 'MD', zip: '21201' },
  contact: { phone: '4105550134' },
  situation: { maritalStatus: 'married', incomeWages: true, incomeWagesJobs: 2 },
};
const shell = { ...PREPARER, path: INTAKE.path };
const ROWS = [
  { path: INTAKE.path, displayName: 'Thảo Nguyễn-O’Neil', taxYear: 2026, stage: 'open', isPreserved: false, readableUntil: day('2027-05-14') },
  { path: '/intakes/2', displayName: 'Bartholomew Featherstonehaugh-Montgomery', taxYear: 2026, stage: 'rejected', isPreserved: false, readableUntil: day('2027-05-02') },
  { path: '/intakes/3', displayName: LONG_CLIENT, taxYear: 2026, stage: 'open', isPreserved: false, readableUntil: day('2027-05-02'), soon: { classes: ['contact', 'identity', 'address', 'household', 'situation'], days: 3 } },
  { path: '/intakes/4', startedDay: day('2026-03-02'), taxYear: 2025, stage: 'done', isPreserved: false },
  { path: '/intakes/5', startedDay: day('2026-02-27'), taxYear: 2025, stage: 'done', isPreserved: true },
] as const;

const PERIOD = { year: 2026, from: day('2026-07-01'), to: day('2027-06-30') };

export const INTAKE_SAMPLES = [
  sample('intake-list', shell, intakeListPage, {
    intakes: ROWS,
    older: '/intakes?cursor=51',
    hasPreparerList: true,
    hasKeptConsents: true,
    search: { values: {}, problems: [], byTaxpayerId: true },
  }),
  sample('intake-list searched', shell, intakeListPage, {
    search: { values: { phone: '410' }, problems: [{ path: 'phone', reason: PROBLEMS.phone }], byTaxpayerId: true, found: ROWS.slice(0, 1) },
  }),
  sample('preparer-list periods', shell, preparerListsPage, { periods: [{ ...PERIOD, year: 2027, returns: 3 }, { ...PERIOD, returns: 1204 }] }),
  sample('preparer-list none', shell, preparerListsPage, { periods: [] }),
  sample('preparer-list', shell, preparerListPage, {
    period: PERIOD,
    returns: [
      { path: '/intakes/1/preparer-list', listedDay: day('2027-02-01'), isPreserved: false, list: { name: 'Thảo Nguyễn-O’Neil', taxpayerId: '123-00-4567', taxYear: 2026, returnType: '1040', preparedBy: 'Priya Preparer' } },
      { path: '/intakes/2/preparer-list', listedDay: day('2027-02-02'), isPreserved: false, list: { name: LONG_CLIENT, taxYear: 2026, returnType: '1040-X', preparedBy: LONG_CLIENT } },
      { path: '/intakes/3/preparer-list', listedDay: day('2027-02-03'), isPreserved: true },
      { path: '/intakes/4/preparer-list', listedDay: day('2027-02-03'), isPreserved: false },
    ],
    next: '/preparer-list/2026?cursor=2027-02-03.4',
  }),
  sample('preparer-list empty', shell, preparerListPage, { period: PERIOD, returns: [] }),
  sample('kept-consents years', shell, keptYearsPage, { years: [{ year: 2028, intakes: 3 }, { year: 2027, intakes: 1204 }] }),
  sample('kept-consents none', shell, keptYearsPage, { years: [] }),
  sample('kept-consents', shell, keptConsentsPage, {
    year: 2027,
    intakes: [
      {
        ...{ path: '/intakes/1/consents', taxYear: 2026, isPreserved: false, readableUntil: day('2031-12-31') },
        given: [
          { form: 'form15080', version: 'Oct. 2025', bySpouse: false, name: 'Thảo Nguyễn-O’Neil', givenOn: '2027-02-01' },
          { form: 'form15080', version: 'Oct. 2025', bySpouse: true, name: 'Nam Nguyễn', givenOn: '2027-02-03' },
          { form: 'other7216', bySpouse: true, givenOn: '2027-02-03' },
        ],
      },
      {
        ...{ path: '/intakes/2/consents', taxYear: 2025, isPreserved: false, readableUntil: day('2031-12-31') },
        given: [{ form: 'form14446', version: LONG_CLIENT.slice(0, 40), bySpouse: true, name: LONG_CLIENT, givenOn: '2027-03-31' }],
      },
      { path: '/intakes/3/consents', taxYear: 2026, isPreserved: true },
      { path: '/intakes/4/consents', taxYear: 2026, isPreserved: false, readableUntil: day('2031-12-31') },
    ],
    next: '/kept-consents/2027?cursor=2027-02-03.4',
  }),
  sample('kept-consents empty', shell, keptConsentsPage, { year: 2027, intakes: [] }),
  sample('new-intake', shell, newIntakePage, { form: '00000000-0000-4000-8000-000000000001', taxYears: [2026, 2025, 2024, 2023, 2022, 2021], taxYear: 2026, lives: LIVES, problems: [] }),
  ...TOPICS.map(({ id }) => {
    const inputs = inputsOf(id, [0, 1]);
    return sample(`topic ${id}`, shell, topicPage, {
      intake: INTAKE,
      topic: topic(id),
      topics: TOPIC_LINKS,
      action: `${INTAKE.path}/${id}`,
      inputs,
      values: answersToForm(inputs, ANSWERS),
      openedWith: '',
      problems: [],
      lives: LIVES,
      personNames: ['Minh Nguyễn', LONG_CLIENT],
    });
  }),
  sample('topic refused', { ...shell, typed: { action: `${INTAKE.path}/you`, problems: 'W10.x' } }, topicPage, {
    intake: LONG_NAMED,
    topic: topic('you'),
    topics: TOPIC_LINKS,
    action: `${INTAKE.path}/you`,
    inputs: inputsOf('you'),
    values: { 'taxpayer.firstName': 'Thảo', 'taxpayer.dateOfBirth.month': '2', 'taxpayer.dateOfBirth.day': '31', 'taxpayer.dateOfBirth.year': '85' },
    openedWith: '',
    problems: [
      { path: 'taxpayer.dateOfBirth', reason: PROBLEMS.date },
      { path: 'taxpayer.fullTimeStudent', reason: PROBLEMS.yesOrNo },
    ],
    lives: LIVES,
  }),
  sample('topic household places', shell, topicPage, {
    intake: INTAKE,
    topic: topic('household'),
    topics: TOPIC_LINKS,
    action: '/intakes/1/household',
    inputs: inputsOf('household', [0, 1, 2]),
    values: { 'household.0.firstName': 'Minh' },
    openedWith: '',
    problems: [{ path: 'household.0.dateOfBirth', reason: PROBLEMS.date }],
    lives: LIVES,
    personNames: [LONG_CLIENT],
    foldsPeople: true,
  }),
  sample('review', shell, reviewPage, {
    intake: LONG_NAMED,
    sections: [
      {
        id: 'you',
        title: topic('you').title,
        change: '/intakes/1/you',
        rows: [
          { path: 'taxpayer.firstName', label: { en: 'First or given name', es: 'Nombre' }, answer: LONG_CLIENT },
          { path: 'taxpayer.jobTitle', label: { en: 'Job title', es: 'Ocupación' }, answer: 'Baker\nand a very-long-word-without-any-place-to-break-it-at-all-anywhere' },
        ],
      },
      { id: 'household', title: topic('household').title, position: 0, rows: [] },
      {
        id: 'refund',
        title: topic('refund').title,
        rows: [{ path: 'spouse.wantsElectionFund', label: { en: 'Your spouse: Wants $3', es: 'Su cónyuge: Quiere 3 USD' }, answer: 'Yes' }],
      },
      { id: 'numbers', title: topic('numbers').title, rows: [], closed: 'destroyed' },
      { id: 'notes', title: topic('notes').title, rows: [], closed: 'kept' },
    ],
    missing: [{ label: { en: 'Date of birth', es: 'Fecha de nacimiento' }, to: '/intakes/1/you' }],
    lives: LIVES,
    today: day('2027-04-15'),
  }),
  sample('review of a rejected return', shell, reviewPage, {
    intake: { ...INTAKE, stage: 'rejected' },
    sections: [
      { id: 'numbers', title: topic('numbers').title, change: '/intakes/1/numbers', rows: [], closed: 'askedAnew' },
      { id: 'consents', title: topic('consents').title, change: '/intakes/1/consents', rows: [] },
    ],
    missing: [],
    lives: LIVES,
    today: day('2027-04-15'),
  }),
  sample('review of an ended intake', shell, reviewPage, {
    intake: { ...INTAKE, stage: 'withdrawn' },
    sections: [
      { id: 'consents', title: topic('consents').title, change: '/intakes/1/consents', rows: [] },
      { id: 'numbers', title: topic('numbers').title, rows: [], closed: 'destroyed' },
    ],
    lives: LIVES,
    today: day('2027-04-15'),
  }),
  sample('stage of an ended intake', shell, stagePage, { intake: { ...INTAKE, stage: 'withdrawn' }, allowed: [], typed: {}, problems: [] }),
  sample('stage', shell, stagePage, { intake: { ...LONG_NAMED, stage: 'filed' }, allowed: ['accepted', 'rejected', 'done', 'withdrawn'], typed: {}, problems: [] }),
  sample('last-stage', shell, lastStagePage, { intake: LONG_NAMED, stage: 'withdrawn', lives: LIVES, typed: {}, problems: [] }),
  sample('last-stage that lists', { ...shell, typed: { action: '/intakes/1/stage/done', problems: 'R1.x' } }, lastStagePage, {
    intake: { ...INTAKE, stage: 'rejected' },
    stage: 'done',
    lives: LIVES,
    list: { steps: ['done'], inputs: inputsOf('preparer-list').filter(({ path }) => path !== 'preparerList.taxYear') },
    typed: { 'preparerList.preparedBy': 'Rosalind Achebe' },
    problems: [{ path: 'preparerList.returnType', reason: PROBLEMS.listNeeds }],
  }),
  sample('stage that lists', shell, stagePage, {
    intake: LONG_NAMED,
    allowed: ['prepared', 'withdrawn', 'abandoned'],
    list: { steps: ['prepared'], inputs: inputsOf('preparer-list').filter(({ path }) => path !== 'preparerList.taxYear') },
    typed: { stage: 'prepared', 'preparerList.preparedBy': 'Rosalind Achebe' },
    problems: [{ path: 'preparerList.returnType', reason: PROBLEMS.listNeeds }],
  }),
  sample('what-is-left of a listed return', shell, whatIsLeftPage, {
    topic: 'preparer-list',
    others: [],
    intake: { ...INTAKE, stage: 'done', isReadOnly: true },
    rows: [
      { path: 'preparerList.name', label: { en: 'Name', es: 'Nombre' }, answer: LONG_CLIENT },
      { path: 'preparerList.taxpayerId', label: { en: 'Number', es: 'Número' }, answer: '900-00-1234' },
    ],
    lives: { identity: { destroyedSince: day('2027-05-15') }, notes: { keptSince: day('2027-05-15') }, preparer_list: { readableUntil: day('2030-06-30') } },
    receipt: '/intakes/1/erasure/receipt',
  }),
  sample('what-is-left of consents', shell, whatIsLeftPage, {
    topic: 'consents',
    others: [{ topic: 'preparer-list', to: '/intakes/1/preparer-list' }],
    intake: { ...INTAKE, displayName: LONG_CLIENT, stage: 'done', isReadOnly: true },
    rows: [
      { path: 'consents.form15080Version', label: { en: 'Form 15080: version given', es: 'Formulario 15080: versión aceptada' }, answer: 'Oct. 2025' },
      { path: 'consents.form15080TextHash', label: { en: 'Form 15080: fingerprint of the text', es: 'Formulario 15080: huella del texto' }, answer: 'c0ffee00'.repeat(8) },
      { path: 'consents.givenBy', label: { en: 'Name', es: 'Nombre' }, answer: LONG_CLIENT },
    ],
    lives: { identity: { destroyedSince: day('2027-05-15') }, consents: { readableUntil: day('2031-12-31') }, preparer_list: { readableUntil: day('2030-06-30') } },
  }),
  sample('conflict', shell, conflictPage, {
    intake: { ...LONG_NAMED, version: 8 },
    about: topic('contact').title,
    action: '/intakes/1/contact',
    reopen: '/intakes/1/contact',
    inputs: inputsOf('contact'),
    values: answersToForm(inputsOf('contact'), ANSWERS),
    openedWith: '',
    differences: [{ path: 'contact.phone', yours: '(410) 555-0134', stored: '(410) 555-0199' }, { path: 'address.city', yours: LONG_CLIENT }],
    lives: LIVES,
  }),
  sample('destroyed', shell, destroyedPage, {
    destroyed: { credentials: day('2027-04-18'), notes: day('2027-04-29') },
    rest: '/intakes/1/review',
  }),
  sample('destroyed whole', shell, destroyedPage, { destroyed: {}, all: day('2027-05-15') }),
];
