import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keysMigrations } from '../../migrations/keys/all.js';
import { recordsMigrations } from '../../migrations/records/all.js';
import { writeExport } from '../../src/audit/export/write-export.js';
import { recordKey } from '../../src/audit/log-keys.js';
import { SigningKey } from '../../src/audit/signing-key.js';
import { STORED_ENTRIES, type StoredEntry } from '../../src/audit/stored-entry.js';
import { fillTiles } from '../../src/audit/tiles/fill-tiles.js';
import { formatVerifierKey } from '../../src/audit/verifier-key.js';
import { Clock } from '../../src/platform/clock.js';
import { openDatabases } from '../../src/platform/open-databases.js';
import type { RecordsDatabase } from '../../src/platform/records-database.js';
import { Settings } from '../../src/platform/settings.js';
import type { Row } from '../measure.js';
import { fillLog } from './fill-log.js';
import { watched, type Watched } from './watched.js';

const ORIGIN = `thinfile/${'0'.repeat(32)}`;
const PAGE = 2_000;

interface Verified {
  readonly ratio: number;
  readonly megabytes: number;
  readonly perSecond: number;
  readonly exportPerSecond: number;
  readonly rows: readonly Row[];
}

/**
 * Entries a second and memory over the baseline, of the log in its database and of its export; beside a loop that reads the same rows
 * and compares the same hashes as one would write it down first.
 */
export async function verify(entries: number): Promise<Verified> {
  const directory = mkdtempSync(join(tmpdir(), 'thinfile-bench-log-'));
  const databases = await openDatabases(new Settings({ dataDirectory: directory }), { migrations: { records: recordsMigrations, keys: keysMigrations } });
  try {
    const { records, owners } = databases;
    const secrets = join(directory, 'secrets');
    const key = SigningKey.create(secrets);
    const vkey = formatVerifierKey(key.verifier(ORIGIN));
    const since = Clock.system().now();
    await records.acrossSites(async (tx) => {
      await tx.query('INSERT INTO log_origin (origin, vkey, started_at) VALUES ($1, $2, $3)', [ORIGIN, vkey, since]);
      await recordKey(tx, { origin: ORIGIN, vkey, from: 0, since });
    });
    await fillLog(owners.records, entries, ORIGIN, key);
    while ((await records.acrossSites((tx) => fillTiles(tx, entries))) === 'more to do');
    const stored = await inProcessOfItsOwn('verify-stored', directory, vkey, entries);
    const plain = await watched(() => plainly(records, entries));
    const exported = join(directory, 'export');
    await writeExport(records, exported, () => undefined);
    const offline = await inProcessOfItsOwn('verify-export', exported, vkey, entries);
    return {
      ratio: plain.seconds / stored.seconds,
      megabytes: Math.max(stored.megabytes, offline.megabytes),
      perSecond: entries / stored.seconds,
      exportPerSecond: entries / offline.seconds,
      rows: [
        rowOf(`verify ${entries} entries`, entries, stored),
        rowOf(`verify ${entries} entries, plain loop`, entries, plain),
        rowOf(`verify an export of ${entries} entries`, entries, offline),
      ],
    };
  } finally {
    await databases.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Who verifies runs a command, or has an export on a machine of their own: what that takes in memory is seen where nothing else was done before. */
async function inProcessOfItsOwn(script: string, directory: string, vkey: string, entries: number): Promise<Watched> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, `${script}.js`), directory, vkey, String(entries)]);
  return JSON.parse(stdout) as Watched;
}

function rowOf(name: string, entries: number, { seconds, cpuSeconds, megabytes }: Watched): Row {
  return { name, perSecond: entries / seconds, perCpuSecond: entries / cpuSeconds, megabytes };
}

/** Every leaf and every part, without a tree, checkpoints, counters, columns or what stands beside the tree. */
async function plainly(records: RecordsDatabase, entries: number): Promise<void> {
  for (let from = 0; from < entries; from += PAGE) {
    const rows = await records.acrossSites((tx) => tx.query<StoredEntry>(STORED_ENTRIES, [from, from + PAGE]));
    for (const row of rows) {
      const leaf = JSON.parse(row.leaf!) as Readonly<Record<string, unknown>>;
      if (!createHash('sha256').update(Buffer.from([0])).update(row.leaf!).digest().equals(row.leaf_hash)) throw new Error('a leaf');
      for (const name of ['actor', 'subject', 'context'] as const) {
        if (createHash('sha256').update(row[`${name}_salt`]!).update(row[name]!).digest('base64') !== leaf[name]) throw new Error('a part');
      }
    }
  }
}
