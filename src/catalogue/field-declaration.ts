import type { AnswerGroup } from './answers.js';
import type { Choice, FieldKind, FieldOptions, FormBox, Source } from './field-options.js';
import type { RetentionClass } from './retention-class.js';
import type { Wording } from './wording.js';

/** One question: what may be asked, why, and in which class it lives. */
export interface FieldDeclaration {
  /** `taxpayer.firstName`, `household.firstName`: a name without positions, as logs and `fields=` use it. */
  readonly path: string;
  readonly group: AnswerGroup;
  readonly name: string;
  readonly class: RetentionClass;
  readonly kind: FieldKind;
  /** The type of the value in JSON. */
  readonly type: 'string' | 'number' | 'boolean';
  /** Bytes of the padded cell. For `longText` the least; it doubles up to `maxWidth`. */
  readonly width: number;
  /** Equal to `width`, save for `longText`. */
  readonly maxWidth: number;
  /** In code points. */
  readonly maxCharacters: number;
  readonly label: Wording;
  readonly hint?: Wording;
  readonly why: Wording;
  readonly source: Source;
  readonly choices?: readonly Choice[];
  readonly boxes: readonly FormBox[];
  /** The catalogue version that brought it. */
  readonly since: number;
  /** Whether the service alone writes it. What it holds is shown and never asked. */
  readonly byService: boolean;
  /** The declaration as it was written, for the kind's own rules. */
  readonly options: FieldOptions;
}

/** One place of a sealed section. `number` is its place there and its nonce: it never changes in a catalogue version. */
export interface Cell {
  /** `household.3.firstName`: with the slot. */
  readonly path: string;
  /** 0 to 11 for the household, else undefined. */
  readonly slot: number | undefined;
  readonly field: FieldDeclaration;
  readonly width: number;
  readonly number: number;
}

export interface Catalogue {
  /** u16; the newest, under which everything is sealed. A new version has more fields than the one before; what that has stays as it is. */
  readonly version: number;
  /** The revision of the IRS form that the questions follow. */
  readonly formYear: number;
  readonly fields: readonly FieldDeclaration[];
  byPath(path: string): FieldDeclaration | undefined;
  /**
   * Always the same cells in the same order, whatever is answered.
   * @param version from 1; absent = the newest
   * @throws RangeError on a version that there is not
   */
  cells(retentionClass: RetentionClass, version?: number): readonly Cell[];
  /**
   * How wide each cell of a sealed section is, told from the length of the whole: only a long text varies, and a class has
   * at most one. For a length that no section has, the widths are such that opening refuses it.
   */
  cellWidths(retentionClass: RetentionClass, sectionLength: number, version?: number): readonly number[];
}
