import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAnswers, type ParsingRules } from '../../src/catalogue/parse-answers.js';
import { mergeAnswers } from '../../src/catalogue/merge-answers.js';
import type { Answers } from '../../src/catalogue/answers.js';
import { day } from '../../src/platform/clock.js';

/** The rules of a site that collects everything and, as in tests only, takes numbers that were never issued. */
export const EVERYTHING: ParsingRules = {
  collect: { credentials: true, documents: true, notes: true, preparer_list: true },
  allowNeverIssued: true,
  today: day('2026-11-22'),
};

type Json = Record<string, unknown>;

/** A file that is laid beside the repository on machines that have it; says so where it is not, and the test ends there. */
export function sharedJson<T>(name: string): T | undefined {
  const path = fileURLToPath(new URL(`../../../shared/${name}`, import.meta.url));
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as T;
  process.stdout.write(`shared/${name} is not beside this repository: nothing was compared with it\n`);
  return undefined;
}

/** Fictional households in the shape of the published ones, as an API client would send them, citizenship included. */
export function sharedHouseholds(): readonly Json[] {
  return (sharedJson<Json[]>('households/direct-file.json') ?? []).map(asSent);
}

function asSent({ scenario: _scenario, filingStatus: _filingStatus, maritalStatus, ...groups }: Json): Json {
  return { ...groups, situation: { maritalStatus } };
}

/** The same without what is never stored. */
export function storable(household: Json): Json {
  return JSON.parse(JSON.stringify(household, (key, value: unknown) => (key === 'usCitizen' ? undefined : value))) as Json;
}

export function entered(input: unknown, rules: ParsingRules = EVERYTHING): Answers {
  return mergeAnswers({}, parseAnswers(input, rules));
}
