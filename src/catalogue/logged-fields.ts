import { catalogue } from './catalogue.js';

/** What a reading can be looked for by in the access log: every field's name, and the groups that they stand in. */
export const LOGGED_FIELDS: readonly string[] = [...new Set(catalogue.fields.flatMap(({ group, path }) => [group, path]))];
