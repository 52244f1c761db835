import { equalBytes } from '../../crypto/bytes.js';
import { keyedHash } from '../../crypto/keyed-hash.js';
import { randomBytes } from '../../crypto/random.js';
import type { FormProblem } from '../form/form-values.js';

/** Of this process: what another one wrote, or this one before it was started again, is shown without its problems. */
const KEY = randomBytes(32);

/** Problems as one hidden field of the form that they are about, so that they can be said again in another language. They hold no value. */
export function carryProblems(problems: readonly FormProblem[]): string {
  const text = Buffer.from(JSON.stringify(problems)).toString('base64url');
  return `${text}.${tagOf(text)}`;
}

/** @returns what `carryProblems` was given; nothing if these are not our own words, since pages say no others' */
export function problemsCarried(carried: string): readonly FormProblem[] {
  const [text = '', tag = ''] = carried.split('.');
  if (!equalBytes(Buffer.from(tag), Buffer.from(tagOf(text)))) return [];
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as readonly FormProblem[];
}

function tagOf(text: string): string {
  return Buffer.from(keyedHash(KEY, 'problems of a form', text)).toString('base64url');
}
