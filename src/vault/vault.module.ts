import { Global, Module } from '@nestjs/common';
import { KeysDatabase } from '../platform/keys-database.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Clock } from '../platform/clock.js';
import { EventLog } from '../platform/event-log.js';
import { Settings } from '../platform/settings.js';
import { initialiseKeyStore } from './initialise-key-store.js';
import { KeyStore } from './key-store.js';
import { MasterFile } from './master-file.js';
import { NoteRestored } from './restored/note-restored.js';
import { RestoredMode } from './restored/restored-mode.js';
import { WatchRecords } from './restored/watch-records.js';

@Global()
@Module({
  providers: [
    {
      provide: KeyStore,
      inject: [KeysDatabase, RecordsDatabase, Settings],
      useFactory: async (database: KeysDatabase, records: RecordsDatabase, settings: Settings) => {
        const keyStore = new KeyStore(database, new MasterFile(settings.secretsDirectories));
        await initialiseKeyStore(keyStore, () => hasVaults(records));
        return keyStore;
      },
    },
    RestoredMode,
    NoteRestored,
    {
      provide: WatchRecords,
      inject: [RecordsDatabase, KeyStore, Settings, Clock, RestoredMode, NoteRestored, EventLog],
      useFactory: watchRecords,
    },
  ],
  exports: [KeyStore, RestoredMode, WatchRecords],
})
export class VaultModule {}

function watchRecords(
  records: RecordsDatabase,
  keyStore: KeyStore,
  { secretsDirectories: [secretsDirectory] }: Settings,
  clock: Clock,
  ...[mode, note, events]: [RestoredMode, NoteRestored, EventLog]
): WatchRecords {
  return new WatchRecords({ records, keyStore, secretsDirectory, clock }, mode, note, events);
}

async function hasVaults(records: RecordsDatabase): Promise<boolean> {
  return (await records.acrossSites((tx) => tx.query('SELECT FROM site_vault LIMIT 1'))).length > 0;
}
