import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Settings } from '../platform/settings.js';
import { KeyStore } from '../vault/key-store.js';

/** What every operation on an intake works with: both stores, the log, the clock, the settings. */
@Injectable()
export class IntakeStores {
  constructor(
    readonly records: RecordsDatabase,
    readonly keyStore: KeyStore,
    readonly log: AccessLog,
    readonly clock: Clock,
    readonly settings: Settings,
  ) {}
}
