import { SealRefusal } from '../../src/crypto/seal-refusal.js';

/** The code that opening was refused with; undefined when it was not. Any other error is a failure of the test. */
export function refusalCode(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof SealRefusal) return error.code;
    throw error;
  }
}
