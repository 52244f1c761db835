import { Injectable } from '@nestjs/common';
import { AccessLog } from '../../audit/append-entry.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { KeyStore } from '../key-store.js';
import type { RecordsDifference } from './compare-records.js';
import { endRevivedAccess } from './end-revived-access.js';
import type { RecordsMemory } from './records-memory.js';
import { insertRestored } from './restored-records.js';

export interface FoundRecords {
  readonly difference: RecordsDifference;
  readonly size: number;
  readonly knownSize: number;
}

@Injectable()
export class NoteRestored {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Shuts the door on restored records and says so in their log. The records come first: after a crash between the two the
   * next start finds the same once more.
   */
  async found(found: FoundRecords, memory: RecordsMemory): Promise<void> {
    await this.records.acrossSites(async (tx) => {
      await endRevivedAccess(tx, this.clock.now());
      await this.log.append(tx, {
        kind: 'restore.found',
        actor: { system: 'restore' },
        subject: {},
        context: { reason: found.difference, size: found.size, counts: { missing: Math.max(found.knownSize - found.size, 0) } },
      });
    });
    await this.keyStore.transaction(({ tx }) => insertRestored(tx, { ...found, at: this.clock.now() }, memory));
  }
}
