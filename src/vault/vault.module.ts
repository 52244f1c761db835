import { Global, Module } from '@nestjs/common';
import { KeysDatabase } from '../platform/keys-database.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Settings } from '../platform/settings.js';
import { initialiseKeyStore } from './initialise-key-store.js';
import { KeyStore } from './key-store.js';
import { MasterFile } from './master-file.js';

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
  ],
  exports: [KeyStore],
})
export class VaultModule {}

async function hasVaults(records: RecordsDatabase): Promise<boolean> {
  return (await records.acrossSites((tx) => tx.query('SELECT FROM site_vault LIMIT 1'))).length > 0;
}
