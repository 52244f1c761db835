import { Refusal } from '../../platform/refusal.js';
import { isAnyHold } from '../../vault/holds.js';
import type { KeyStore } from '../../vault/key-store.js';

/** Whether any legal hold is in force. */
export function isShorteningLocked(keyStore: KeyStore): Promise<boolean> {
  return keyStore.transaction(({ tx }) => isAnyHold(tx));
}

/**
 * Nothing is to be destroyed sooner than announced while any legal hold is in force: not even what no hold names.
 * @throws Refusal RETENTION_LOCKED
 */
export async function mustNotBeLocked(keyStore: KeyStore): Promise<void> {
  if (await isShorteningLocked(keyStore)) {
    throw new Refusal('RETENTION_LOCKED', 'While a legal hold is in force, no period is shortened.');
  }
}
