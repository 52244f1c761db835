import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysMigrations } from '../../dist/migrations/keys/all.js';
import { recordsMigrations } from '../../dist/migrations/records/all.js';
import { embeddedDatabases } from '../../dist/src/platform/embedded/embedded-databases.js';
import { readOwner } from '../../dist/src/platform/embedded/owner-file.js';
import { isAlive } from '../../dist/src/platform/embedded/process-identity.js';
import { stopOrphan } from '../../dist/src/platform/embedded/stop-orphan.js';
import { migrate } from '../../dist/src/platform/migrate.js';
import { Settings } from '../../dist/src/platform/settings.js';

const PREFIX = 'thinfile-test-run-';

/**
 * Jest loads this file outside its own module system, so it uses the build that `npm test` makes first.
 * One pair of real servers for the whole run, with migrated databases that each test file clones.
 */
export default async function startDatabases() {
  await clearKilledRuns();
  const directory = mkdtempSync(join(tmpdir(), PREFIX));
  const server = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };
  const databases = await embeddedDatabases(new Settings({ dataDirectory: directory }), { server });
  globalThis.thinfileStop = async () => {
    await databases.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  stopOnSignal();
  try {
    await Promise.all([
      migrate('records', databases.records, recordsMigrations, true),
      migrate('keys', databases.keys, keysMigrations, false),
    ]);
  } catch (error) {
    await globalThis.thinfileStop(); // Jest runs no teardown after a set-up that failed
    throw error;
  }
  const details = join(directory, 'servers.json');
  writeFileSync(details, JSON.stringify({ records: databases.records, keys: databases.keys }));
  process.env['THINFILE_TEST_SERVERS'] = details;
}

/** Nor does it after Ctrl-C. */
function stopOnSignal() {
  for (const [signal, status] of [['SIGINT', 130], ['SIGTERM', 143]]) {
    process.once(signal, () => void globalThis.thinfileStop().finally(() => process.exit(status)));
  }
}

/** What a run that was killed outright has left behind. */
async function clearKilledRuns() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const directory = join(tmpdir(), name);
    const found = readOwner(join(directory, 'owner.json'));
    if (!found || isAlive(found.owner)) continue;
    await Promise.all([stopOrphan(join(directory, 'records')), stopOrphan(join(directory, 'keys'))]);
    rmSync(directory, { recursive: true, force: true });
  }
}
