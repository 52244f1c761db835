import { catalogue } from './catalogue.js';
import type { FieldDeclaration } from './field-declaration.js';
import type { FormBox } from './field-options.js';
import { NEVER_STORED_BOXES } from './never-stored.js';
import { NOT_OURS_BOXES } from './not-ours.js';

/** People that fit into the table of page 1; the others are printed on page 5. */
export const ROWS_ON_THE_FORM = 4;

/** An answer that moves a box: of the household with its position, `household.0.relationship` for row 1. */
export interface BoxAnswer {
  readonly path: string;
  readonly field: FieldDeclaration;
  /** Ticked if the answer equals this; undefined for a box that is written into. */
  readonly when: FormBox['when'];
}

/**
 * What a box of the IRS's PDF is to us. A `No` beside You and Spouse is moved by both persons' answers: it is ticked
 * if one of them said no and none said yes.
 */
export type BoxStanding =
  | { readonly standing: 'declared'; readonly answers: readonly BoxAnswer[] }
  | { readonly standing: 'never-stored' }
  | { readonly standing: 'not-ours' };

/** Every box of Form 13614-C (Rev. October 2025) by its name in the PDF; each has one standing. */
export const FORM_13614_C: ReadonlyMap<string, BoxStanding> = standings();

function standings(): ReadonlyMap<string, BoxStanding> {
  const boxes = new Map<string, BoxStanding>();
  for (const field of catalogue.fields) {
    for (const box of field.boxes) {
      for (const { name, path } of rowsOf(box, field)) {
        const before = boxes.get(name);
        const answers = before?.standing === 'declared' ? before.answers : [];
        boxes.set(name, { standing: 'declared', answers: [...answers, { path, field, when: box.when }] });
      }
    }
  }
  for (const name of NEVER_STORED_BOXES) addOnce(boxes, name, { standing: 'never-stored' });
  for (const name of NOT_OURS_BOXES) addOnce(boxes, name, { standing: 'not-ours' });
  return boxes;
}

function addOnce(boxes: Map<string, BoxStanding>, name: string, standing: BoxStanding): void {
  if (boxes.has(name)) throw new Error(`${name} of Form 13614-C has two standings`);
  boxes.set(name, standing);
}

function rowsOf(box: FormBox, field: FieldDeclaration): { name: string; path: string }[] {
  if (field.group !== 'household') return [{ name: box.name, path: field.path }];
  return Array.from({ length: ROWS_ON_THE_FORM }, (_, slot) => ({
    name: box.name.replace('Row*', `Row${slot + 1}`),
    path: `household.${slot}.${field.name}`,
  }));
}
