import { Refusal } from '../../src/platform/refusal.js';

/** What a call was refused with; fails the test if it was not. */
export function refused(work: () => unknown): { code: string; fields: readonly string[]; text: string } {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const text = `${error.message} ${JSON.stringify(error.details)}`;
    return { code: error.code, fields: error.details?.fields ?? [], text };
  }
  throw new Error('was not refused');
}
