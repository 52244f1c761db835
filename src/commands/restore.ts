import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupKind } from '../platform/backup/backup-name.js';
import { unpackBackup } from '../platform/backup/unpack-backup.js';
import { findBinaries } from '../platform/embedded/binaries.js';
import { claim, release } from '../platform/embedded/owner-file.js';
import { launcher } from '../platform/embedded/unprivileged.js';
import type { Settings } from '../platform/settings.js';

const NEXT = {
  records: 'Start the service. Where the key store remembers more than this backup has, nobody reads until restore-check and two persons have released it.',
  keys: 'It opens only under the master file of the same night. If a purge run has ended since, the service will refuse to start on it.',
} as const;

/** Unpacks a backup where an embedded server's directory is missing. The service must be stopped. @throws Error, and nothing has changed */
export async function restore({ databases, dataDirectory }: Settings, kind: BackupKind, file: string): Promise<void> {
  if (databases !== 'embedded') throw new Error('The databases are servers of their own: unpack the file into an empty data directory of that server.');
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const ownerFile = join(dataDirectory, 'owner.json');
  if (claim(ownerFile)) throw new Error('Thinfile is running on this data directory. Stop it first.');
  try {
    const { own } = launcher(await findBinaries(), dataDirectory);
    const at = await unpackBackup({ kind, file, directory: join(dataDirectory, kind), own });
    process.stdout.write(`The ${kind} of ${at.toISOString()} are back. ${NEXT[kind]}\n`);
  } finally {
    release(ownerFile);
  }
}
