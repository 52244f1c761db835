import { flawOfText, isBlank, TEXT_FLAWS } from './free-text.js';
import type { FieldKind, FieldOptions } from './field-options.js';
import {
  hasNineDigits,
  readAccountNumber,
  readIdentityProtectionPin,
  readPhone,
  readRoutingNumber,
  readTaxpayerId,
  readZip,
} from './identifiers.js';
import { PROBLEMS, tooLong, wholeNumberBetween } from './problems.js';
import { readState } from './states.js';
import type { Wording } from './wording.js';

export type AnswerValue = string | number | boolean;
/** What was typed, in the one way it is kept; or what is wrong with it and how to mend it, without the value. */
export type Reading = { readonly value: AnswerValue } | { readonly problem: Wording };

export interface ReadingRules {
  /** Whether numbers of group 00 are taken: in tests and the demonstration only. */
  readonly allowNeverIssued: boolean;
  /** The last day that a date may name. */
  readonly today: string;
}

export interface AnswerKind {
  readonly type: 'string' | 'number' | 'boolean';
  /** ASCII kinds take one byte a character, all others up to four. */
  readonly ascii: boolean;
  maxCharacters(field: FieldOptions): number;
  read(value: unknown, field: FieldOptions, rules: ReadingRules): Reading;
}

const EARLIEST_DAY = '1890-01-01';
const EARLIEST_YEAR = 1890;

const BOOLEAN: AnswerKind = {
  type: 'boolean',
  ascii: true,
  maxCharacters: () => 'false'.length,
  read: (value) => (typeof value === 'boolean' ? { value } : { problem: PROBLEMS.yesOrNo }),
};

/** A kind with a fixed alphabet: `read` gives the canonical text or nothing. */
function exact(characters: number, problem: Wording, read: (typed: string) => string | undefined): AnswerKind {
  return {
    type: 'string',
    ascii: true,
    maxCharacters: () => characters,
    read: (value) => {
      const text = typeof value === 'string' ? read(value) : undefined;
      return text === undefined ? { problem } : { value: text };
    },
  };
}

function freeText(lines: boolean, check?: (text: string) => Wording | undefined): AnswerKind {
  return {
    type: 'string',
    ascii: false,
    maxCharacters: (field) => ('maxCharacters' in field ? field.maxCharacters : 0),
    read: (value, field) => {
      if (typeof value !== 'string') return { problem: PROBLEMS.text };
      const text = value.trim();
      const maxCharacters = 'maxCharacters' in field ? field.maxCharacters : 0;
      const refusesIdentifiers = 'refusesIdentifiers' in field && field.refusesIdentifiers === true;
      const flaw = flawOfText(text, { maxCharacters, lines, refusesIdentifiers });
      if (flaw === 'too long') return { problem: tooLong(maxCharacters) };
      if (flaw !== undefined) return { problem: TEXT_FLAWS[flaw] };
      const problem = isBlank(text) ? PROBLEMS.text : check?.(text);
      return problem === undefined ? { value: text } : { problem };
    },
  };
}

function whole(
  range: (field: FieldOptions, rules: ReadingRules) => readonly [number, number],
  digits: (field: FieldOptions) => number,
): AnswerKind {
  return {
    type: 'number',
    ascii: true,
    maxCharacters: digits,
    read: (value, field, rules) => {
      const [min, max] = range(field, rules);
      const fits = typeof value === 'number' && Number.isInteger(value) && !Object.is(value, -0) && value >= min && value <= max;
      return fits ? { value } : { problem: wholeNumberBetween(min, max) };
    },
  };
}

const COUNTED = (field: FieldOptions): readonly [number, number] => (field.kind === 'integer' ? [field.min, field.max] : [0, 0]);

/** A real day, written as ISO 8601 has it, not before 1890 and not in the future. */
const DAY: AnswerKind = {
  type: 'string',
  ascii: true,
  maxCharacters: () => 'YYYY-MM-DD'.length,
  read: (value, _field, { today }) => {
    const text = typeof value === 'string' ? value.trim() : '';
    if (!isRealDay(text)) return { problem: dayProblem(text) };
    return text >= EARLIEST_DAY && text <= today ? { value: text } : { problem: PROBLEMS.dateOutOfRange };
  },
};

/** What is wrong with what is no real day. A form sends a box that was left blank as nothing between the dashes. */
export function dayProblem(value: unknown): Wording {
  const isIncomplete = typeof value === 'string' && /^\d*-\d*-\d*$/.test(value) && value.split('-').includes('');
  return isIncomplete ? PROBLEMS.dateIncomplete : PROBLEMS.date;
}

function isRealDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

const CHOICE: AnswerKind = {
  type: 'string',
  ascii: true,
  maxCharacters: (field) => Math.max(...(field.kind === 'choice' ? field.choices.map(({ value }) => value.length) : [0])),
  read: (value, field) => {
    const text = typeof value === 'string' ? value.trim() : undefined;
    const chosen = field.kind === 'choice' ? field.choices.find((choice) => choice.value === text) : undefined;
    return chosen === undefined ? { problem: PROBLEMS.choice } : { value: chosen.value };
  },
};

const TAXPAYER_ID: AnswerKind = {
  type: 'string',
  ascii: true,
  maxCharacters: () => 'NNN-NN-NNNN'.length,
  read: (value, _field, { allowNeverIssued }) => {
    const id = typeof value === 'string' ? readTaxpayerId(value) : undefined;
    return id === undefined || (id.neverIssued && !allowNeverIssued) ? { problem: taxpayerIdProblem(value) } : { value: id.canonical };
  },
};

/** What is wrong with what is no taxpayer number: its digits, or how many there are. */
export function taxpayerIdProblem(value: unknown): Wording {
  return typeof value === 'string' && hasNineDigits(value) ? PROBLEMS.taxpayerIdImpossible : PROBLEMS.taxpayerId;
}

/** A dot in the domain and something on both sides of one `@`: the mailbox itself is only proved by writing to it. */
const EMAIL = /^[^\s@"<>(),;:]+@(?:[^\s@"<>(),;:.]+\.)+[^\s@"<>(),;:.]{2,}$/u;

/** Every kind of answer, what it takes, and how wide it can get. */
export const ANSWER_KINDS: Readonly<Record<FieldKind, AnswerKind>> = {
  name: freeText(false),
  text: freeText(false),
  longText: freeText(true),
  email: freeText(false, (text) => (EMAIL.test(text) ? undefined : PROBLEMS.email)),
  date: DAY,
  birthDate: DAY,
  boolean: BOOLEAN,
  integer: whole(COUNTED, (field) => String(COUNTED(field)[1]).length),
  monthCount: whole(
    () => [0, 12],
    () => 2,
  ),
  year: whole(
    (_field, { today }) => [EARLIEST_YEAR, Number(today.slice(0, 4))],
    () => 4,
  ),
  choice: CHOICE,
  phone: exact(10, PROBLEMS.phone, readPhone),
  taxpayerId: TAXPAYER_ID,
  identityProtectionPin: exact(6, PROBLEMS.identityProtectionPin, readIdentityProtectionPin),
  routingNumber: exact(9, PROBLEMS.routingNumber, readRoutingNumber),
  accountNumber: exact(17, PROBLEMS.accountNumber, readAccountNumber),
  state: exact(2, PROBLEMS.state, readState),
  zip: exact(10, PROBLEMS.zip, readZip),
  textHash: exact(64, PROBLEMS.textHash, (typed) => /^[0-9a-f]{64}$/.exec(typed.trim().toLowerCase())?.[0]),
};
