import { dataSource } from './data-source.js';
import { embeddedDatabases, type EmbeddedOptions } from './embedded/embedded-databases.js';
import { KeysDatabase } from './keys-database.js';
import { migrate, refuseMightyLogin, type Migrations } from './migrate.js';
import { RecordsDatabase } from './records-database.js';
import type { DatabaseUrls, Settings } from './settings.js';

const POOL_SIZE = 10;

export interface OpenDatabases {
  readonly records: RecordsDatabase;
  readonly keys: KeysDatabase;
  /** The schemas' owners, for commands that copy a whole server. Never handed to the application. */
  readonly owners: { readonly records: string; readonly keys: string };
  /** Closes the pools, and stops the embedded servers when this process runs them. */
  close(): Promise<void>;
}

export interface OpenOptions extends EmbeddedOptions {
  readonly migrations: { readonly records: Migrations; readonly keys: Migrations };
}

/** Opens both databases as the service's own role: embedded servers started, schemas up to date, roles as they must be. */
export async function openDatabases(settings: Settings, { migrations, ...options }: OpenOptions): Promise<OpenDatabases> {
  const embedded = settings.databases === 'embedded' ? await embeddedDatabases(settings, options) : undefined;
  try {
    const urls = embedded ?? (settings.databases as { records: DatabaseUrls; keys: DatabaseUrls });
    await Promise.all([migrate('records', urls.records, migrations.records, true), migrate('keys', urls.keys, migrations.keys, false)]);
    const { records, keys } = await connect(urls);
    return {
      records,
      keys,
      owners: { records: urls.records.owner, keys: urls.keys.owner },
      close: async () => {
        await Promise.all([records.close(), keys.close()]);
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Both databases as the service's own role, schemas as they are. @throws Error when a login could do more than it should */
export async function connect(
  urls: { readonly records: DatabaseUrls; readonly keys: DatabaseUrls },
  poolSize = POOL_SIZE,
): Promise<{ records: RecordsDatabase; keys: KeysDatabase }> {
  const records = dataSource('records', urls.records.service, poolSize);
  const keys = dataSource('keys', urls.keys.service, poolSize);
  try {
    await Promise.all([records.initialize(), keys.initialize()]);
    await Promise.all([refuseMightyLogin(records, 'records'), refuseMightyLogin(keys, 'keys')]);
  } catch (error) {
    for (const source of [records, keys]) if (source.isInitialized) await source.destroy();
    throw error;
  }
  return { records: new RecordsDatabase(records), keys: new KeysDatabase(keys, urls.keys.service) };
}
