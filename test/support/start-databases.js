import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysMigrations } from '../../dist/migrations/keys/all.js';
import { recordsMigrations } from '../../dist/migrations/records/all.js';
import { embeddedDatabases } from '../../dist/src/platform/embedded/embedded-databases.js';
import { migrate } from '../../dist/src/platform/migrate.js';
import { Settings } from '../../dist/src/platform/settings.js';

/**
 * Jest loads this file outside its own module system, so it uses the build that `npm test` makes first.
 * One pair of real servers for the whole run, with migrated databases that each test file clones.
 */
export default async function startDatabases() {
  const directory = mkdtempSync(join(tmpdir(), 'thinfile-test-'));
  const server = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };
  const databases = await embeddedDatabases(new Settings({ dataDirectory: directory }), { server });
  globalThis.thinfileStop = databases.stop;
  try {
    await Promise.all([
      migrate('records', databases.records, recordsMigrations, true),
      migrate('keys', databases.keys, keysMigrations, false),
    ]);
  } catch (error) {
    await databases.stop(); // Jest runs no teardown after a set-up that failed
    throw error;
  }
  const details = join(directory, 'servers.json');
  writeFileSync(details, JSON.stringify({ directory, records: databases.records, keys: databases.keys }));
  process.env['THINFILE_TEST_SERVERS'] = details;
}
