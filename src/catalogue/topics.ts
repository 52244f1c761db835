import { catalogue } from './catalogue.js';
import type { ParsingRules } from './parse-answers.js';
import type { Wording } from './wording.js';

/**
 * One page of the questionnaire: one small topic at a time, in the order of the paper form. Only the spouse comes later
 * than there, after the marital status, from which one knows whether to leave the page blank.
 */
export interface Topic {
  readonly id: string;
  readonly title: Wording;
  readonly intro?: Wording;
  /** Every field that is asked is on one topic. Those of `household` are asked once for each person. */
  readonly fieldPaths: readonly string[];
  /** What the service wrote itself, where there is any: shown with the answers, and not asked. */
  readonly shownPaths?: readonly string[];
  /** Headings in place of those that say whom questions are about, where these would part a question from the one it goes with. */
  readonly blocks?: readonly TopicBlock[];
  /** The page is there only where the site collects this class. */
  readonly onlyIf?: keyof ParsingRules['collect'];
}

export interface TopicBlock {
  readonly title: Wording;
  readonly fieldPaths: readonly string[];
}

const PERSON_ORDER = [
  'firstName',
  'middleInitial',
  'lastName',
  'suffix',
  'dateOfBirth',
  'jobTitle',
  'canBeClaimedByAnother',
  'fullTimeStudent',
  'legallyBlind',
  'permanentlyDisabled',
  'hasIdentityProtectionPin',
  'hasDigitalAssets',
];

function of(group: string, names: readonly string[]): string[] {
  return names.map((name) => `${group}.${name}`);
}

function ofBoth(name: string): string[] {
  return ['taxpayer', 'spouse'].map((group) => `${group}.${name}`);
}

function startingWith(prefix: string): string[] {
  return catalogue.fields.filter(({ path }) => path.startsWith(prefix)).map(({ path }) => path);
}

function openIn(group: string): string[] {
  return catalogue.fields.filter((field) => field.group === group && field.class !== 'credentials' && !field.byService).map(({ path }) => path);
}

function writtenIn(group: string): string[] {
  return catalogue.fields.filter((field) => field.group === group && field.byService).map(({ path }) => path);
}

const REFUND_BLOCKS: readonly TopicBlock[] = [
  { title: { en: 'Refund and payment', es: 'Reembolso y pago' }, fieldPaths: of('situation', ['refundMethod', 'refundOther', 'balanceDueMethod']) },
  { title: { en: 'Letters from the IRS', es: 'Cartas del IRS' }, fieldPaths: [...ofBoth('wantsLettersInAnotherLanguage'), 'situation.lettersLanguage'] },
  { title: { en: 'Election campaign fund', es: 'Fondo para la campaña electoral' }, fieldPaths: ofBoth('wantsElectionFund') },
];

export const TOPICS: readonly Topic[] = [
  { id: 'you', title: { en: 'You', es: 'Usted' }, fieldPaths: of('taxpayer', PERSON_ORDER) },
  {
    id: 'contact',
    title: { en: 'How to reach you', es: 'Cómo comunicarnos con usted' },
    fieldPaths: [...openIn('address'), ...openIn('contact')],
  },
  {
    id: 'marital-status',
    title: { en: 'Marital status', es: 'Estado civil' },
    fieldPaths: of('situation', [
      'maritalStatus',
      'marriedOnLastDay',
      'livedApartLastSixMonths',
      'divorceDate',
      'separationDate',
      'spouseDeathYear',
      'livedOrWorkedInSeveralStates',
    ]),
  },
  {
    id: 'spouse',
    title: { en: 'Your spouse', es: 'Su cónyuge' },
    intro: {
      en: 'Leave this page blank if you were not married.',
      es: 'Deje esta página en blanco si no estaba casado o casada.',
    },
    fieldPaths: of('spouse', PERSON_ORDER),
  },
  {
    id: 'household',
    title: { en: 'Your household', es: 'Su hogar' },
    intro: {
      en: 'Everyone who lived with you, except your spouse, and anyone you supported who lived elsewhere. Open a place for each person; all are saved together.',
      es: 'Todas las personas que vivieron con usted, salvo su cónyuge, y quienes usted mantuvo aunque vivieran en otro lugar. Abra un apartado para cada persona; se guardan todas juntas.',
    },
    fieldPaths: openIn('household'),
  },
  {
    id: 'income',
    title: { en: 'Money received', es: 'Dinero recibido' },
    intro: {
      en: 'For you and your spouse, during the tax year. No amounts.',
      es: 'Usted y su cónyuge, durante el año tributario. Sin cantidades.',
    },
    fieldPaths: startingWith('situation.income'),
  },
  {
    id: 'expenses',
    title: { en: 'Money paid', es: 'Dinero pagado' },
    intro: {
      en: 'For you and your spouse, during the tax year. No amounts.',
      es: 'Usted y su cónyuge, durante el año tributario. Sin cantidades.',
    },
    fieldPaths: startingWith('situation.expense'),
  },
  {
    id: 'events',
    title: { en: 'What happened during the year', es: 'Lo que pasó durante el año' },
    fieldPaths: startingWith('situation.event'),
  },
  {
    id: 'refund',
    title: { en: 'Refund, payment and letters', es: 'Reembolso, pago y cartas' },
    fieldPaths: REFUND_BLOCKS.flatMap(({ fieldPaths }) => fieldPaths),
    blocks: REFUND_BLOCKS,
  },
  {
    id: 'numbers',
    title: { en: 'Numbers', es: 'Números' },
    intro: {
      en: 'This site keeps these for a few days. You may also show them only in person.',
      es: 'Este centro los guarda unos días. También puede mostrarlos solo en persona.',
    },
    fieldPaths: catalogue.fields.filter((field) => field.class === 'credentials').map(({ path }) => path),
    onlyIf: 'credentials',
  },
  {
    id: 'notes',
    title: { en: 'Notes between preparers', es: 'Notas entre preparadores' },
    fieldPaths: openIn('notes'),
    onlyIf: 'notes',
  },
  {
    id: 'consents',
    title: { en: 'Consents given', es: 'Consentimientos dados' },
    intro: {
      en: 'Only what was signed. No consent is needed to get help.',
      es: 'Solo lo que se firmó. No hace falta ningún consentimiento para recibir ayuda.',
    },
    fieldPaths: openIn('consents'),
    shownPaths: writtenIn('consents'),
  },
  {
    id: 'preparer-list',
    title: { en: 'On the preparer’s list', es: 'En la lista del preparador' },
    intro: {
      en: 'The law makes compensated preparers keep this for three years. Correct what is wrong. Nothing of it can be taken off, and only a number that there is not yet be left blank.',
      es: 'La ley obliga a los preparadores remunerados a guardar esto durante tres años. Corrija lo que esté mal. Nada puede quitarse, y solo puede quedar en blanco un número que todavía no existe.',
    },
    fieldPaths: openIn('preparerList'),
    onlyIf: 'preparer_list',
  },
];

const BLOCK_OF = new Map(TOPICS.flatMap(({ blocks = [] }) => blocks.flatMap((block) => block.fieldPaths.map((path) => [path, block] as const))));

/** The block that a field stands in; undefined on a page without blocks. */
export function blockOf(path: string): TopicBlock | undefined {
  return BLOCK_OF.get(path);
}

/** The pages of an intake at a site that collects these classes. */
export function topicsFor(collect: ParsingRules['collect']): readonly Topic[] {
  return TOPICS.filter(({ onlyIf }) => onlyIf === undefined || collect[onlyIf] === true);
}
