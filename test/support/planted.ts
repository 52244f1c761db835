import type { FieldDeclaration } from '../../src/catalogue/field-declaration.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { nameForSearch } from '../../src/catalogue/lookup-fields.js';

/** In every planted text, and nowhere else in the world; a letter of it is not ASCII. */
export const MARKER = 'Zpl\u00e4nted';

/** Kinds with so few values that finding one shows nothing: planted, and not searched for. Any other kind has to have needles. */
const TOO_COMMON: readonly FieldDeclaration['kind'][] = ['boolean', 'choice', 'state', 'year', 'monthCount', 'integer'];
/** A text field too short for the marker. */
const SHORT = 16;

const LIST = 'preparerList';

export interface Planted {
  /** Answers with something in every field of the catalogue that an intake has from its start; new fields are planted by themselves. */
  readonly answers: Record<string, unknown>;
  /** What goes onto a compensated preparer's list. */
  readonly list: Readonly<Record<string, unknown>>;
  /** What must not be found where no answer belongs, also as it is compared, shown or cut short. */
  readonly needles: readonly string[];
}

/** Fills every field, three people of the household among them, with values that cannot be mistaken for anything else. */
export function plant(): Planted {
  const needles = new Set([MARKER]);
  let count = 0;
  const group = (name: string): Record<string, unknown> =>
    Object.fromEntries(
      catalogue.fields
        .filter((field) => field.group === name && !field.byService)
        .map((field) => {
          const value = plantedValue(field, ++count);
          for (const needle of needlesOf(field, value)) needles.add(needle);
          return [field.name, value];
        }),
    );
  const groups = [...new Set(catalogue.fields.map((field) => field.group))].filter((name) => name !== 'household' && name !== LIST);
  const answers = { ...Object.fromEntries(groups.map((name) => [name, group(name)])), household: [1, 2, 3].map(() => group('household')) };
  const { taxYear: _ofTheIntake, ...list } = group(LIST);
  return { answers, list, needles: [...needles] };
}

/** Fields of the catalogue without an answer in these; those of the list are looked at where it is among them, and what the service writes itself is not. */
export function unplanted(answers: Readonly<Record<string, unknown>>): readonly string[] {
  const holders = (group: string) => [answers[group] ?? {}].flat() as Readonly<Record<string, unknown>>[];
  return catalogue.fields.filter(({ group, name, byService }) => !byService && (group !== LIST || answers[LIST] !== undefined) && (!holders(group).every((holder) => holder[name] !== undefined) || holders(group).length === 0)).map(({ path }) => path);
}

function plantedValue(field: FieldDeclaration, n: number): unknown {
  const four = String(7000 + n);
  switch (field.kind) {
    case 'name':
    case 'text':
    case 'longText':
      return isShort(field) ? 'Q' : `${MARKER} ${field.name}`.slice(0, field.maxCharacters).trim();
    case 'email':
      return `zplanted${n}@example.org`;
    case 'accountNumber':
      return `ZPLANTED${four}`;
    case 'date':
    case 'birthDate':
      return `1931-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;
    case 'phone':
      return `202555${four}`;
    case 'taxpayerId':
      return `417-00-${four}`;
    case 'zip':
      return `10001-${four}`;
    case 'textHash':
      return four.repeat(16);
    case 'routingNumber':
      return '021000021';
    case 'identityProtectionPin':
      return '918273';
    case 'state':
      return 'NY';
    case 'year':
      return 1999;
    case 'monthCount':
      return 7;
    case 'integer':
      return 3;
    case 'boolean':
      return true;
    case 'choice':
      return field.choices![0]!.value;
  }
}

/** @throws Error for a kind that has none and is not too common: it would be planted and never looked for */
function needlesOf(field: FieldDeclaration, value: unknown): readonly string[] {
  if (TOO_COMMON.includes(field.kind) || isShort(field)) return [];
  const text = String(value);
  const digits = text.replaceAll(/\D/g, '');
  switch (field.kind) {
    case 'name':
    case 'text':
    case 'longText':
      return [text, nameForSearch(text)];
    case 'email':
    case 'accountNumber':
      return [text];
    case 'date':
    case 'birthDate':
      return [text, digits, text.replace(/(\d+)-(\d+)-(\d+)/, '$2/$3/$1')];
    case 'taxpayerId':
      return [text, digits, text.slice(-7)];
    case 'phone':
      return [text, text.slice(-7), text.replace(/(...)(...)(....)/, '($1) $2-$3'), text.replace(/(...)(...)(....)/, '$1-$2-$3')];
    case 'zip':
      return [text, digits];
    case 'textHash':
    case 'routingNumber':
    case 'identityProtectionPin':
      return [text];
    default:
      throw new Error(`${field.path}: what is planted here is not looked for`);
  }
}

function isShort({ kind, maxCharacters }: FieldDeclaration): boolean {
  return ['name', 'text', 'longText'].includes(kind) && maxCharacters < SHORT;
}
