import { SealRefusal } from '../crypto/seal-refusal.js';

/** A key in the key store does not open under what should open it, so that no run can carry it over: damaged, or tampered with. */
export class UnreadableKey extends Error {
  override readonly name = 'UnreadableKey';

  /** @param what names the row: which table, which id. Never a key. */
  constructor(readonly what: string) {
    super(`in the key store, ${what} does not open`);
  }
}

/** @throws UnreadableKey */
export function readable<T>(what: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw unreadable(what, error);
  }
}

/** The error under the row's name where it is one of sealed bytes; any other as it is. */
export function unreadable(what: string, error: unknown): unknown {
  return error instanceof SealRefusal ? new UnreadableKey(what) : error;
}
