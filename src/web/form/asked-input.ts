import type { FieldDeclaration } from '../../catalogue/field-declaration.js';

/** What a form needs to know of a field; every declaration of the catalogue is one. */
export type AskedField = Pick<
  FieldDeclaration,
  'path' | 'group' | 'name' | 'class' | 'kind' | 'maxCharacters' | 'label' | 'hint' | 'why' | 'choices'
>;

/** One question on one page: a field and, in the household, whose. */
export interface AskedInput {
  /** The name in the form and the path in refusals: `taxpayer.firstName`, `household.2.firstName` (from 0). */
  readonly path: string;
  readonly field: AskedField;
}

/** @param positions the people whom the page asks about, from 0; other groups are asked once */
export function askedInputs(fields: readonly AskedField[], positions: readonly number[] = []): readonly AskedInput[] {
  const single = fields.filter(({ group }) => group !== 'household').map((field) => ({ path: field.path, field }));
  const ofHousehold = fields.filter(({ group }) => group === 'household');
  const people = positions.flatMap((position) =>
    ofHousehold.map((field) => ({ path: `household.${position}.${field.name}`, field })),
  );
  return [...single, ...people];
}

/** The element that the error summary leads to: always the first control of the question. */
export function inputId(path: string): string {
  return `answer-${path.replaceAll('.', '-')}`;
}
