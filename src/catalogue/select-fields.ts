import { Refusal } from '../platform/refusal.js';
import { isAnswerGroup } from './answers.js';
import { catalogue } from './catalogue.js';
import { isNeverStored } from './never-stored.js';
import { safeName } from './safe-name.js';
import { CLASSES_READ_BY_DEFAULT, RETENTION_CLASSES, type RetentionClass } from './retention-class.js';

/** Which answers a reading may open; names are without positions and in the catalogue's order. */
export interface Selection {
  readonly paths: readonly string[];
  readonly classes: readonly RetentionClass[];
  has(path: string): boolean;
}

/**
 * Reads `fields=`: dotted names and groups. A group brings its fields but not numbers that open accounts: those are
 * named one by one, or by `bank`, which holds nothing else. Nothing named is what a preparer works from.
 * Refuses NEVER_STORED before UNKNOWN_FIELDS, naming all such.
 */
export function selectFields(fields?: readonly string[]): Selection {
  if (fields === undefined) return BY_DEFAULT;
  const neverStored = fields.filter((name) => catalogue.byPath(name) === undefined && isNeverStored(name));
  if (neverStored.length > 0)
    throw new Refusal('NEVER_STORED', 'This is asked in person and never stored.', { fields: named(neverStored) });
  const unknown = fields.filter((name) => catalogue.byPath(name) === undefined && !isAnswerGroup(name));
  if (unknown.length > 0) throw new Refusal('UNKNOWN_FIELDS', 'No such field or group.', { fields: named(unknown) });
  return selectionOf(new Set(fields.flatMap((name) => (isAnswerGroup(name) ? pathsOfGroup(name) : [name]))));
}

function pathsOfGroup(group: string): string[] {
  return pathsWhere((field) => field.group === group && (group === 'bank' || field.class !== 'credentials'));
}

function pathsWhere(test: (field: (typeof catalogue.fields)[number]) => boolean): string[] {
  return catalogue.fields.filter(test).map(({ path }) => path);
}

/** Its lists are frozen, so that whoever works on the same one again need not look at it again. */
function selectionOf(chosen: ReadonlySet<string>): Selection {
  const fields = catalogue.fields.filter(({ path }) => chosen.has(path));
  return {
    paths: Object.freeze(fields.map(({ path }) => path)),
    classes: RETENTION_CLASSES.filter((name) => fields.some((field) => field.class === name)),
    has: (path) => chosen.has(path),
  };
}

const BY_DEFAULT = selectionOf(new Set(pathsWhere(({ class: of }) => CLASSES_READ_BY_DEFAULT.includes(of))));

function named(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.split('.').slice(0, 4).map(safeName).join('.')))];
}
