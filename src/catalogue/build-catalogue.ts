import { totalWidth } from '../crypto/padded-cells.js';
import { sectionOverhead } from '../crypto/section-cipher.js';
import { ANSWER_KINDS } from './answer-kinds.js';
import { type AnswerGroup, HOUSEHOLD_SLOTS } from './answers.js';
import { declaredFields } from './field.js';
import type { Catalogue, Cell, FieldDeclaration } from './field-declaration.js';
import type { FieldOptions } from './field-options.js';
import { RETENTION_CLASSES, type RetentionClass } from './retention-class.js';

type AnswerClass = new () => object;

/** Long texts are padded to powers of two from here. */
export const SHORTEST_LONG_TEXT = 1024;
/** Before the text: blank or its length. */
export const LENGTH_BYTES = 2;

const JSON_TYPES: Readonly<Record<'string' | 'number' | 'boolean', unknown>> = {
  string: String,
  number: Number,
  boolean: Boolean,
};

/**
 * Turns the declared classes into the catalogue, or throws: on a property without a declaration, on a declaration that
 * a fresh object does not show (so that a compiler setting cannot blind this check), on a type that is not the kind's, on a
 * field of a version that there is not.
 * @param plan.version the newest: the fields of each version, those before it included, are what they say of `since`
 */
export function buildCatalogue(plan: {
  readonly version: number;
  readonly formYear: number;
  readonly groups: Readonly<Partial<Record<AnswerGroup, AnswerClass>>>;
}): Catalogue {
  const fields = Object.entries(plan.groups).flatMap(([group, dto]) => fieldsOf(group as AnswerGroup, dto));
  const byPath = new Map(fields.map((field) => [field.path, field]));
  const longTexts = fields.filter(({ kind }) => kind === 'longText').map((field) => field.class);
  if (new Set(longTexts).size < longTexts.length)
    throw new Error('Two long texts in one class: their widths could not be told apart');
  checkVersions(fields, plan.version);
  const layouts = Array.from({ length: plan.version }, (_, at) => layoutOf(fields.filter(({ since }) => since <= at + 1)));
  const layout = (version: number): Layout => {
    const found = layouts[version - 1];
    if (!found) throw new RangeError(`There is no version ${version} of the catalogue`);
    return found;
  };
  return Object.freeze({
    version: plan.version,
    formYear: plan.formYear,
    fields: Object.freeze(fields),
    byPath: (path: string) => byPath.get(path),
    cells: (retentionClass: RetentionClass, version = plan.version) => layout(version).get(retentionClass)!.cells,
    cellWidths: (retentionClass: RetentionClass, length: number, version = plan.version) => layout(version).get(retentionClass)!.widths(length),
  });
}

/** The cells of each class in one version, and their widths. */
type Layout = ReadonlyMap<RetentionClass, { readonly cells: readonly Cell[]; readonly widths: (sectionLength: number) => readonly number[] }>;

function layoutOf(fields: readonly FieldDeclaration[]): Layout {
  return new Map(
    RETENTION_CLASSES.map((name) => {
      const cells = cellsOf(name, fields);
      return [name, { cells, widths: widthsIn(cells) }];
    }),
  );
}

function checkVersions(fields: readonly FieldDeclaration[], newest: number): void {
  const wrong = fields.filter(({ since }) => !Number.isInteger(since) || since < 1 || since > newest);
  if (wrong.length > 0) throw new Error(`Not of a version from 1 to ${newest}: ${wrong.map(({ path }) => path).join(', ')}`);
}

function fieldsOf(group: AnswerGroup, dto: AnswerClass): FieldDeclaration[] {
  const declared = declaredFields(dto);
  const properties = Object.keys(new dto());
  const undeclared = properties.filter((name) => !declared.has(name));
  if (undeclared.length > 0)
    throw new Error(`Not declared with @Field: ${undeclared.map((name) => `${dto.name}.${name}`).join(', ')}`);
  const unseen = [...declared.keys()].filter((name) => !properties.includes(name));
  if (unseen.length > 0)
    throw new Error(`${dto.name} does not define ${unseen.join(', ')}: compile with useDefineForClassFields`);
  return [...declared].map(([name, options]) => {
    const { type } = ANSWER_KINDS[options.kind];
    if (Reflect.getMetadata('design:type', dto.prototype, name) !== JSON_TYPES[type]) {
      throw new Error(`${dto.name}.${name} is declared as ${options.kind}, which is a ${type}`);
    }
    return Object.freeze(declarationOf(group, name, options));
  });
}

function declarationOf(group: AnswerGroup, name: string, options: FieldOptions): FieldDeclaration {
  const { type, ascii, maxCharacters: longest } = ANSWER_KINDS[options.kind];
  const maxCharacters = longest(options);
  const exactWidth = LENGTH_BYTES + (ascii ? 1 : 4) * maxCharacters;
  const isLong = options.kind === 'longText';
  return {
    path: `${group}.${name}`,
    group,
    name,
    class: options.class,
    kind: options.kind,
    type,
    width: isLong ? SHORTEST_LONG_TEXT : exactWidth,
    maxWidth: isLong ? 2 ** Math.ceil(Math.log2(exactWidth)) : exactWidth,
    maxCharacters,
    label: options.label,
    ...(options.hint === undefined ? {} : { hint: options.hint }),
    why: options.why,
    source: options.source,
    ...(options.kind === 'choice' ? { choices: options.choices } : {}),
    boxes: options.boxes ?? [],
    since: options.since ?? 1,
    byService: options.byService === true,
    options,
  };
}

/** Groups in their order; of the household, person by person. */
function cellsOf(retentionClass: RetentionClass, fields: readonly FieldDeclaration[]): readonly Cell[] {
  const inClass = fields.filter((field) => field.class === retentionClass);
  const groups = [...new Set(inClass.map(({ group }) => group))];
  const places = groups.flatMap((group): Pick<Cell, 'field' | 'slot' | 'path'>[] => {
    const ofGroup = inClass.filter((field) => field.group === group);
    if (group !== 'household') return ofGroup.map((field) => ({ field, slot: undefined, path: field.path }));
    return Array.from({ length: HOUSEHOLD_SLOTS }, (_, slot) => slot).flatMap((slot) =>
      ofGroup.map((field) => ({ field, slot, path: `household.${slot}.${field.name}` })),
    );
  });
  return Object.freeze(places.map((place, number) => Object.freeze({ ...place, width: place.field.width, number })));
}

/** The widths of a class's cells by the length of its section, as `Catalogue.cellWidths` says. */
function widthsIn(cells: readonly Cell[]): (sectionLength: number) => readonly number[] {
  const least = Object.freeze(cells.map(({ width }) => width));
  const shortest = sectionOverhead(cells.length) + totalWidth(least);
  if (!cells.some(({ field }) => field.kind === 'longText')) return () => least;
  return (sectionLength) => {
    const extra = sectionLength - shortest;
    return cells.map(({ field, width }) => {
      const grown = width + extra;
      const isStep = grown <= field.maxWidth && Number.isInteger(Math.log2(grown));
      return field.kind === 'longText' && extra > 0 && isStep ? grown : width;
    });
  };
}
