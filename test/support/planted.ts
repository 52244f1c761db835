import type { FieldDeclaration } from '../../src/catalogue/field-declaration.js';
import { catalogue } from '../../src/catalogue/catalogue.js';

/** In every planted text, and nowhere else in the world. */
export const MARKER = 'Zpl4nted';

export interface Planted {
  /** Answers with something in every field of the catalogue; new fields are planted by themselves. */
  readonly answers: Record<string, unknown>;
  /** What must not be found where no answer belongs. Values too short to be told from chance are planted and not searched for. */
  readonly needles: readonly string[];
}

/** Fills every field, three people of the household among them, with values that cannot be mistaken for anything else. */
export function plant(): Planted {
  const needles = new Set([MARKER]);
  let count = 0;
  const group = (name: string): Record<string, unknown> =>
    Object.fromEntries(
      catalogue.fields
        .filter((field) => field.group === name)
        .map((field) => {
          const { value, needle } = plantedValue(field, ++count);
          if (needle) needles.add(needle);
          return [field.name, value];
        }),
    );
  const groups = [...new Set(catalogue.fields.map((field) => field.group))].filter((name) => name !== 'household');
  const answers = { ...Object.fromEntries(groups.map((name) => [name, group(name)])), household: [1, 2, 3].map(() => group('household')) };
  return { answers, needles: [...needles] };
}

function plantedValue(field: FieldDeclaration, n: number): { value: unknown; needle?: string } {
  const four = String(n).padStart(4, '0');
  switch (field.kind) {
    case 'name':
    case 'text':
    case 'longText':
      return field.maxCharacters < 16 ? { value: 'Q' } : { value: `${MARKER} ${field.name}`.slice(0, field.maxCharacters) };
    case 'email':
      return { value: `${MARKER}${n}@example.org` };
    case 'accountNumber':
      return searched(`${MARKER}${four}`.toUpperCase());
    case 'date':
    case 'birthDate':
      return searched(`1931-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`);
    case 'phone':
      return searched(`202555${four}`);
    case 'taxpayerId':
      return searched(`417-00-${four}`);
    case 'zip':
      return searched(`10001-${four}`);
    case 'textHash':
      return searched(four.repeat(16));
    case 'routingNumber':
      return { value: '021000021' };
    case 'identityProtectionPin':
      return { value: '918273' };
    case 'state':
      return { value: 'NY' };
    case 'year':
      return { value: 1999 };
    case 'monthCount':
      return { value: 7 };
    case 'integer':
      return { value: 3 };
    case 'boolean':
      return { value: true };
    case 'choice':
      return { value: field.choices![0]!.value };
  }
}

function searched(value: string): { value: string; needle: string } {
  return { value, needle: value };
}
