import { Refusal } from '../../platform/refusal.js';

/** Answers are four deep; whatever is much deeper is meant for the stack of whoever walks it. */
const DEEPEST = 16;

/** Walks without recursion. @throws Refusal BAD_REQUEST */
export function refuseDeepBody(body: unknown): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new Refusal('BAD_REQUEST', 'The request is nested too deeply.');
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
}
