import type { RetentionClass } from './retention-class.js';
import type { Wording } from './wording.js';

/** What an answer looks like; `answer-kinds.ts` has the rule of each. */
export type FieldKind =
  | 'name'
  | 'text'
  | 'longText'
  | 'date'
  | 'birthDate'
  | 'boolean'
  | 'integer'
  | 'monthCount'
  | 'year'
  | 'choice'
  | 'phone'
  | 'email'
  | 'taxpayerId'
  | 'identityProtectionPin'
  | 'routingNumber'
  | 'accountNumber'
  | 'state'
  | 'zip'
  | 'textHash';

export interface Choice {
  readonly value: string;
  readonly label: Wording;
}

/**
 * One box of the printed form that a field answers. Without `when` the answer is written into it; with `when` it is
 * ticked if the answer equals that. `Row*` in a name stands for the rows of the household table.
 */
export interface FormBox {
  readonly name: string;
  readonly when?: string | boolean;
}

/** Where the question comes from. `Not on an IRS form` is followed by nothing: the site asks it for its own work. */
export interface Source {
  readonly form:
    'Form 13614-C (Oct. 2025)' | 'Form 15080 (Oct. 2025)' | 'Form 14446 (Nov. 2023)' | 'Form 1040' | 'IRC 6107(b)' | 'IRS Publication 4299' | 'Not on an IRS form';
  readonly page?: number;
}

interface CommonOptions {
  readonly class: RetentionClass;
  readonly label: Wording;
  readonly hint?: Wording;
  /** Why it is asked: shown beside the question and on the page that says what is held. */
  readonly why: Wording;
  readonly source: Source;
  readonly boxes?: readonly FormBox[];
  /** The catalogue version that brought the field; 1 where nothing is said. It never changes, and no field is ever taken out. */
  readonly since?: number;
  /** The service writes it from what it knows: no form asks for it, and the API takes it from nobody. */
  readonly byService?: true;
}

type FreeText = {
  readonly kind: 'name' | 'text' | 'longText' | 'email';
  readonly maxCharacters: number;
  readonly refusesIdentifiers?: boolean;
};
type Chosen = { readonly kind: 'choice'; readonly choices: readonly Choice[] };
type Counted = { readonly kind: 'integer'; readonly min: number; readonly max: number };
type Exact = { readonly kind: Exclude<FieldKind, FreeText['kind'] | Chosen['kind'] | Counted['kind']> };

/** Everything that is said about a field, once. Lengths are in Unicode code points. */
export type FieldOptions = CommonOptions & (FreeText | Chosen | Counted | Exact);
