import { readTaxpayerId } from '../../catalogue/identifiers.js';
import { PROBLEMS } from '../../catalogue/problems.js';
import type { AskedInput } from './asked-input.js';
import type { FormProblem, FormValues } from './form-values.js';

/** A hidden field: the questions, by their paths, of which somebody was told that another one has the same number. */
export const TOLD_ALIKE = 'toldAlike';

/** The questions whose taxpayer number an earlier question of the page has already, however the two were typed. */
export function alikeNumbers(inputs: readonly AskedInput[], values: FormValues): readonly string[] {
  const before = new Set<string>();
  return inputs.flatMap(({ path, field }) => {
    const number = field.kind === 'taxpayerId' ? readTaxpayerId(values[path] ?? '')?.canonical : undefined;
    if (number === undefined) return [];
    if (before.has(number)) return [path];
    before.add(number);
    return [];
  });
}

/** Said once: no two people have one number, but who wants to keep what they were told of sends the page again. */
export function untoldAlike(inputs: readonly AskedInput[], sent: FormValues): readonly FormProblem[] {
  const told = (sent[TOLD_ALIKE] ?? '').split(' ');
  const alike = alikeNumbers(inputs, sent);
  return alike.every((path) => told.includes(path)) ? [] : alike.map((path) => ({ path, reason: PROBLEMS.numberAlike }));
}
