import { PROBLEM_WORDS as WORDS } from '../words/problem-words.js';
import type { FormProblem, FormValues } from './form-values.js';
import { LEAST_PASSWORD_CHARACTERS } from './new-password-fields.js';

const MOST_PASSWORD_CHARACTERS = 256;

/** Whether the two that were typed are one: the only thing that the services cannot see. */
export function passwordsDiffer({ password, passwordAgain }: FormValues): readonly FormProblem[] {
  return password === passwordAgain ? [] : [{ path: 'passwordAgain', reason: WORDS.passwordsDiffer }];
}

/** Why a password was refused (`access/password-rules.ts`), in the words of the page. */
export function passwordProblem({ password = '' }: FormValues): FormProblem {
  const { length } = [...password.normalize('NFC')];
  if (length < LEAST_PASSWORD_CHARACTERS) return { path: 'password', reason: WORDS.passwordShort };
  return { path: 'password', reason: length > MOST_PASSWORD_CHARACTERS ? WORDS.passwordLong : WORDS.passwordGuessable };
}
