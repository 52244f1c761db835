import type { INestApplicationContext } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import type { EntryId } from '../audit/entry.js';
import { mayHoldBackups } from '../platform/backup/backup-directory.js';
import { writeBackup } from '../platform/backup/backup-file.js';
import type { BackupKind } from '../platform/backup/backup-name.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Settings } from '../platform/settings.js';
import { awaitSequenced } from '../retention/await-sequenced.js';
import { withRunLock } from '../retention/run-lock.js';
import { KeyStore } from '../vault/key-store.js';
import { progressBar } from './progress-bar.js';

export interface BackupWanted {
  readonly kind: BackupKind;
  readonly directory: string;
  readonly ownerUrl: string;
}

const AFTERWARDS = {
  records: [
    'It holds sealed answers and no key: keep it as long as you like. What is destroyed from now on does not open from it.',
    'Never keep it together with a backup of the key store.',
  ],
  keys: [
    'The next purge run makes this file worthless: take one after every run, and delete it then.',
    'Losing the key store or the master file is losing the answers. The master file is not in here and belongs in no backup.',
  ],
} as const;

/**
 * Copies one database while the service runs, and says in the access log what became of it. No run may begin meanwhile on the key store.
 *
 * `backup.begun` is written before the copy is made, since one that nobody finished may still lie somewhere. `backup.taken` follows once the
 * file is whole and on the disk, of the key store alone: operators are warned until there is one. A copy of the records has to
 * end with the log as it is: with an entry that came after it, records brought back at once would be shorter than what the key store
 * remembers, and closed until two persons release them. So of theirs no entry says that it was finished, and one that was begun counts as one that exists.
 */
export async function backup(app: INestApplicationContext, { kind, directory, ownerUrl }: BackupWanted): Promise<void> {
  const target = mayHoldBackups(app.get(Settings), kind, directory);
  const bar = progressBar(process.stderr, 'MB', 1_000_000);
  const copy = async (): Promise<string> => {
    await awaitSequenced(app.get(RecordsDatabase), [await note(app, 'backup.begun', kind)]); // in the tree, so that the copy ends with it
    const written = await writeBackup({ kind, ownerUrl, directory: target, at: app.get(Clock).now(), progress: bar.show });
    if (kind === 'keys') await note(app, 'backup.taken', kind);
    return written;
  };
  const file = await (kind === 'keys' ? withRunLock(app.get(KeyStore).database, copy) : copy()).finally(bar.end);
  process.stdout.write(`${[file, ...AFTERWARDS[kind]].join('\n')}\n`);
}

function note(app: INestApplicationContext, kind: 'backup.begun' | 'backup.taken', store: BackupKind): Promise<EntryId> {
  const entry = { kind, actor: { system: 'command' }, subject: {}, context: { store } } as const;
  return app.get(RecordsDatabase).acrossSites((tx) => app.get(AccessLog).append(tx, entry));
}
