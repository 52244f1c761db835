import { Injectable } from '@nestjs/common';
import type { KeysTx } from '../../platform/keys-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { KeyStore } from '../key-store.js';
import { findRestored, type RestoredRecords } from './restored-records.js';

/**
 * Whether the records are restored ones that nobody has released yet. The key store says so, not the records: what was
 * brought back cannot say that it was not.
 */
@Injectable()
export class RestoredMode {
  private on = false;

  constructor(private readonly keyStore: KeyStore) {}

  /** As the key store has it now. */
  async read(): Promise<RestoredRecords | undefined> {
    const found = await this.keyStore.database.transaction(findRestored);
    this.on = found !== undefined;
    return found;
  }

  /**
   * For every request of a preparer: as this process saw it last, some seconds ago at most, and asked anew while it is on, so
   * that a release by another process holds at once.
   * @throws Refusal RESTORED
   */
  async refuseWhenSeen(): Promise<void> {
    if (this.on) await this.refuse();
  }

  /** @throws Refusal RESTORED */
  async refuse(): Promise<void> {
    if (await this.read()) throw restored();
  }

}

/** For a sign-in and a run, in the key store's own transaction. @throws Refusal RESTORED */
export async function refuseRestored(tx: KeysTx): Promise<void> {
  if (await findRestored(tx)) throw restored();
}

function restored(): Refusal {
  return new Refusal('RESTORED', 'The records were restored from a backup. Nobody works with them until restore-check has run and two persons have released them.');
}
