import { catalogue } from '../catalogue/catalogue.js';

type Nested = Record<string, unknown>;

/** A household's answers less what a site that collects no numbers would not take. */
export function withoutCredentials(answers: Nested): Nested {
  const kept = Object.entries(answers).map(([group, value]) => [group, Array.isArray(value) ? value.map((one) => strip(group, one)) : strip(group, value as Nested)]);
  return Object.fromEntries(kept.filter(([, value]) => Array.isArray(value) || Object.keys(value as object).length > 0));
}

function strip(group: string, values: Nested): Nested {
  return Object.fromEntries(Object.entries(values).filter(([name]) => catalogue.byPath(`${group}.${name}`)?.class !== 'credentials'));
}
