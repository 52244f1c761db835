import fc from 'fast-check';
import type { AnswerValue } from '../../src/catalogue/answer-kinds.js';
import type { Answers } from '../../src/catalogue/answers.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import type { FieldDeclaration } from '../../src/catalogue/field-declaration.js';
import { isBlank } from '../../src/catalogue/free-text.js';
import { STATES } from '../../src/catalogue/states.js';

const LETTERS = "ABCxyz éñçßæøłđűŒ ÁngStröm İı ’-' ỄễạĐ Ωσς Жя あ漢字 한글 علي שלום नमस्ते ไทย 🙂👨‍👩‍👧 \u200f\u200e\u0301";

const character = fc.oneof(fc.constantFrom(...LETTERS), fc.integer({ min: 0x20, max: 0x10ffff }).map(toText));

function toText(point: number): string {
  const isControl = point >= 0x7f && point <= 0x9f;
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  return isControl || isSurrogate ? 'x' : String.fromCodePoint(point);
}

/** Texts in any script, as they come back: without outer spaces and not blank. */
export function freeText(maxCharacters: number, extra: readonly string[] = []): fc.Arbitrary<string> {
  const characters = fc.oneof(character, fc.constantFrom('a', ...extra));
  return fc
    .array(characters, { minLength: 1, maxLength: maxCharacters })
    .map((parts) => parts.join('').trim())
    .filter((text) => !isBlank(text) && [...text].length <= maxCharacters);
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

export const neverIssuedId = fc
  .tuple(
    fc.integer({ min: 1, max: 999 }).filter((area) => area !== 666),
    fc.integer({ min: 1, max: 9999 }),
  )
  .map(([area, serial]) => `${String(area).padStart(3, '0')}-00-${String(serial).padStart(4, '0')}`);

export const routingNumber = fc.tuple(fc.constantFrom('01', '09', '12', '21', '32'), digits(6)).map(([prefix, middle]) => {
  const eight = `${prefix}${middle}`;
  const sum = [3, 7, 1, 3, 7, 1, 3, 7].reduce((total, weight, at) => total + weight * Number(eight[at]), 0);
  return `${eight}${(10 - (sum % 10)) % 10}`;
});

const isoDay = fc
  .date({ min: new Date('1890-01-01T00:00:00Z'), max: new Date('2026-11-22T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** Values of a field as they are kept. */
export function valueOf(field: FieldDeclaration): fc.Arbitrary<AnswerValue> {
  switch (field.kind) {
    case 'name':
    case 'text':
      return refusesIdentifiers(field) ? freeText(field.maxCharacters).map(withoutDigits) : freeText(field.maxCharacters);
    case 'longText':
      return fc.oneof(freeText(60, ['\n', '\r\n', '\t']), freeText(field.maxCharacters, ['\n'])).map(withoutDigits);
    case 'email':
      return fc
        .tuple(fc.stringMatching(/^[a-zñ.+]{1,40}$/u), fc.stringMatching(/^[a-z]{1,20}\.[a-z]{2,10}$/))
        .map((parts) => parts.join('@'));
    case 'date':
    case 'birthDate':
      return isoDay;
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer(field.options.kind === 'integer' ? field.options : {});
    case 'monthCount':
      return fc.integer({ min: 0, max: 12 });
    case 'year':
      return fc.integer({ min: 1890, max: 2026 });
    case 'choice':
      return fc.constantFrom(...(field.choices ?? []).map(({ value }) => value));
    case 'phone':
      return fc.stringMatching(/^[2-9][0-9]{9}$/);
    case 'taxpayerId':
      return neverIssuedId;
    case 'identityProtectionPin':
      return digits(6).filter((pin) => pin !== '000000');
    case 'routingNumber':
      return routingNumber;
    case 'accountNumber':
      return fc.stringMatching(/^[A-Za-z0-9]{5,17}$/).filter((account) => /[^0]/.test(account) && /[0-9]/.test(account));
    case 'state':
      return fc.constantFrom(...STATES.map(({ value }) => value));
    case 'zip':
      return fc.stringMatching(/^[0-9]{5}(-[0-9]{4})?$/);
    case 'textHash':
      return fc.stringMatching(/^[0-9a-f]{64}$/);
  }
}

function refusesIdentifiers({ options }: FieldDeclaration): boolean {
  return 'refusesIdentifiers' in options && options.refusesIdentifiers === true;
}

function withoutDigits(text: string): string {
  return text.normalize('NFKC') === text ? text.replace(/\p{Nd}/gu, 'n') : 'words';
}

/** Fields that a client may answer. */
export const ASKED = catalogue.fields.filter(({ byService }) => !byService);

function groupOf(group: string, among: readonly FieldDeclaration[]): fc.Arbitrary<Record<string, AnswerValue | undefined>> {
  const fields = among.filter((field) => field.group === group);
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])), { requiredKeys: [] });
}

const GROUPS = ['taxpayer', 'spouse', 'contact', 'address', 'situation', 'bank', 'notes', 'consents'];

function householdsOf(fields: readonly FieldDeclaration[]): fc.Arbitrary<Answers> {
  const some = (group: string) => groupOf(group, fields).filter((values) => Object.keys(values).length > 0);
  const household = fc.array(some('household'), { minLength: 1, maxLength: 12 });
  return fc.record({ ...Object.fromEntries(GROUPS.map((group) => [group, some(group)])), household }, { requiredKeys: [] }) as fc.Arbitrary<Answers>;
}

/** Whole households with anything missing; what is there is as it is kept. What the service writes itself is not among it. */
export const answers = householdsOf(ASKED);

/** The same with what the service writes. */
export const keptAnswers = householdsOf(catalogue.fields);
