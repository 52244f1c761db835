import { Refusal } from '../platform/refusal.js';
import { ANSWER_KINDS } from './answer-kinds.js';
import type { Answers, AnswersPatch, SingleGroup } from './answers.js';
import { catalogue } from './catalogue.js';
import { readPhone, readTaxpayerId } from './identifiers.js';
import type { RetentionClass } from './retention-class.js';

export type LookupField = 'taxpayerId' | 'phone' | 'nameAndBirth';

/** One findable answer of an intake. There are always six, so that their number shows nothing; blanks are undefined. */
export interface LookupValue {
  readonly slot: 0 | 1 | 2 | 3 | 4 | 5;
  readonly field: LookupField;
  readonly group: SingleGroup;
  /** The value dies with this class. */
  readonly class: RetentionClass;
  readonly value: string | undefined;
}

export interface LookupQuery {
  readonly field: LookupField;
  readonly class: RetentionClass;
  readonly value: string;
}

/** The answers that each kind of search compares, and the class that they live and die with. */
const COMPARED: Readonly<Record<LookupField, { readonly class: RetentionClass; readonly paths: readonly string[] }>> = {
  taxpayerId: { class: 'credentials', paths: ['taxpayer.taxpayerId', 'spouse.taxpayerId'] },
  phone: { class: 'contact', paths: ['contact.phone', 'contact.spousePhone'] },
  nameAndBirth: {
    class: 'identity',
    paths: ['taxpayer.lastName', 'taxpayer.dateOfBirth', 'spouse.lastName', 'spouse.dateOfBirth'],
  },
};

/** What has to be opened to confirm a match: names without positions. */
export function lookupPaths(field: LookupField): readonly string[] {
  return COMPARED[field].paths;
}

/** What of an intake can be found again, in the form in which it is compared: always these six, in this order. */
export function lookupValues({ taxpayer, spouse, contact }: Answers): readonly LookupValue[] {
  return [
    valueIn(0, 'taxpayerId', 'taxpayer', digitsOf(taxpayer?.taxpayerId)),
    valueIn(1, 'taxpayerId', 'spouse', digitsOf(spouse?.taxpayerId)),
    valueIn(2, 'phone', 'contact', contact?.phone),
    valueIn(3, 'phone', 'contact', contact?.spousePhone),
    valueIn(4, 'nameAndBirth', 'taxpayer', nameAndBirth(taxpayer?.lastName, taxpayer?.dateOfBirth)),
    valueIn(5, 'nameAndBirth', 'spouse', nameAndBirth(spouse?.lastName, spouse?.dateOfBirth)),
  ];
}

function valueIn(slot: LookupValue['slot'], field: LookupField, group: SingleGroup, value: string | undefined): LookupValue {
  return { slot, field, group, class: COMPARED[field].class, value };
}

/**
 * Does a change say anything of what this value is made of, if only that it is blank? The two telephones are asked together:
 * who gives one has said that there is no other.
 */
export function isSaid(patch: AnswersPatch, { field, group }: LookupValue): boolean {
  const change = patch[group] as Readonly<Record<string, unknown>> | null | undefined;
  if (change === undefined || change === null) return change === null;
  return COMPARED[field].paths.some((path) => path.startsWith(`${group}.`) && change[path.slice(group.length + 1)] !== undefined);
}

/**
 * Reads a search: `{taxpayerId}`, `{phone}` or `{lastName, dateOfBirth}`, typed as people type them.
 * Refuses INVALID_INPUT anything else, naming the keys that are wrong and never what they hold.
 */
export function lookupQuery(body: unknown): LookupQuery {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid([]);
  const asked = Object.entries(body).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const given = new Map<string, unknown>(asked);
  const text = (key: string) => (typeof given.get(key) === 'string' ? String(given.get(key)) : '');
  switch ([...given.keys()].sort().join(' ')) {
    case 'taxpayerId':
      return queryFor('taxpayerId', digitsOf(text('taxpayerId')), ['taxpayerId']);
    case 'phone':
      return queryFor('phone', readPhone(text('phone')), ['phone']);
    case 'dateOfBirth lastName':
      return queryFor('nameAndBirth', nameAndBirth(text('lastName'), realDay(text('dateOfBirth'))), ['lastName', 'dateOfBirth']);
    default:
      throw invalid([]);
  }
}

function queryFor(field: LookupField, value: string | undefined, keys: readonly string[]): LookupQuery {
  if (value === undefined) throw invalid(keys);
  return { field, class: COMPARED[field].class, value };
}

function invalid(keys: readonly string[]): Refusal {
  const fields = keys.length > 0 ? keys : ['taxpayerId', 'phone', 'lastName', 'dateOfBirth'];
  return new Refusal('INVALID_INPUT', 'Search for a taxpayer number, or a telephone number, or a last name and a birth date.', {
    fields,
  });
}

function digitsOf(typed: string | undefined): string | undefined {
  return typed === undefined ? undefined : readTaxpayerId(typed)?.canonical.replaceAll('-', '');
}

function realDay(typed: string): string | undefined {
  const field = catalogue.byPath('taxpayer.dateOfBirth');
  if (field === undefined) return undefined;
  const reading = ANSWER_KINDS.birthDate.read(typed, field.options, { allowNeverIssued: true, today: '9999-12-31' });
  return 'value' in reading ? String(reading.value) : undefined;
}

/** A day has a fixed length, so name and day together cannot be read in two ways. */
function nameAndBirth(lastName: string | undefined, dateOfBirth: string | undefined): string | undefined {
  const name = nameForSearch(lastName ?? '');
  return name === '' || dateOfBirth === undefined ? undefined : `${dateOfBirth} ${name}`;
}

/** Letters that Unicode does not take apart and that people leave out when they type on another keyboard. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = { đ: 'd', ð: 'd', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', ı: 'i', ς: 'σ' };

/**
 * A name as it is compared, never as it is kept: compatibility-decomposed, without marks, case folded, without spaces,
 * hyphens and apostrophes. `O’Brien-Núñez` is found as `obrien nunez`. A change of this rule makes older entries unfindable.
 */
export function nameForSearch(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{P}\p{S}\p{Z}\p{C}\u02bb\u02bc]/gu, '')
    .replace(/[đðłøæœıς]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
}
