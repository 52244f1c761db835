import { Refusal } from '../../platform/refusal.js';

/** Whether a step was refused because it has been taken: who pressed a button twice is told that it is done, which is true. */
export function isDoneAlready(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'ALREADY_DONE';
}
