import { Global, Module } from '@nestjs/common';
import { KeysDatabase } from '../platform/keys-database.js';
import { Settings } from '../platform/settings.js';
import { initialiseKeyStore } from './initialise-key-store.js';
import { KeyStore } from './key-store.js';
import { MasterFile } from './master-file.js';

@Global()
@Module({
  providers: [
    {
      provide: KeyStore,
      inject: [KeysDatabase, Settings],
      useFactory: async (database: KeysDatabase, settings: Settings) => {
        const keyStore = new KeyStore(database, new MasterFile(settings.secretsDirectories));
        await initialiseKeyStore(keyStore);
        return keyStore;
      },
    },
  ],
  exports: [KeyStore],
})
export class VaultModule {}
