import { existsSync, linkSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from '../sync-directory.js';
import { takeBaseBackup } from './base-backup.js';
import { BACKUP_NOTE, backupName, type BackupKind } from './backup-name.js';
import { TAR_END, tarHeader, tarPadding } from './tar-entry.js';

export interface BackupRequest {
  readonly kind: BackupKind;
  /** A login of the server with REPLICATION: the owner. */
  readonly ownerUrl: string;
  /** Exists, and may hold backups of this kind: see mayHoldBackups. */
  readonly directory: string;
  readonly at: Date;
  progress(done: number, total: number): void;
}

/**
 * Backs a server up into one file that only its owner may read. It is there whole and on the disk, or not at all.
 * Its first entry says what it is, its last is the server's own manifest.
 * @returns the file
 */
export async function writeBackup({ kind, ownerUrl, directory, at, progress }: BackupRequest): Promise<string> {
  const path = join(directory, backupName(kind, at));
  if (existsSync(path)) throw new Error(`${path} is there already`);
  const partial = `${path}.partial`;
  const file = await open(partial, 'w', 0o600);
  try {
    const write = (chunk: Buffer): Promise<void> => file.appendFile(chunk);
    const entry = async (name: string, content: Buffer): Promise<void> => {
      for (const part of [tarHeader(name, content.length, at), content, tarPadding(content.length)]) await write(part);
    };
    await entry(BACKUP_NOTE, Buffer.from(`${JSON.stringify({ kind, at: at.toISOString() })}\n`));
    const manifest = await takeBaseBackup(ownerUrl, { write, progress });
    await entry('backup_manifest', manifest);
    await write(TAR_END);
    await file.sync();
    linkSync(partial, path); // unlike a rename it never replaces
  } finally {
    await file.close();
    rmSync(partial, { force: true });
  }
  syncDirectory(directory);
  return path;
}
