import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, normalize, sep } from 'node:path';
import { syncDirectory } from '../sync-directory.js';
import { ArchiveReader } from './archive-reader.js';
import { readManifest, type BackupManifest } from './backup-manifest.js';
import { BACKUP_NOTE, type BackupKind } from './backup-name.js';
import type { TarEntry } from './tar-entry.js';

const MANIFEST = 'backup_manifest';

export interface UnpackRequest {
  readonly kind: BackupKind;
  readonly file: string;
  /** A server's directory. Must not be there yet. */
  readonly directory: string;
  /** Called for each file and folder, for whoever the server runs as. */
  own(path: string): void;
}

/**
 * Unpacks a backup into a server's directory and checks every file against the manifest. The directory appears whole or not
 * at all; what is there is never replaced.
 * @returns when the backup was taken
 * @throws Error when it is no backup of this kind, is damaged, or the directory is there already
 */
export async function unpackBackup({ kind, file, directory, own }: UnpackRequest): Promise<Date> {
  if (existsSync(directory)) throw new Error(`${directory} is there. Move it away first: nothing is overwritten.`);
  const fresh = `${directory}.restored`;
  rmSync(fresh, { recursive: true, force: true });
  const archive = await open(file, 'r');
  try {
    const reader = new ArchiveReader(archive);
    const at = await noteOf(reader, kind);
    makeDirectory(fresh, own);
    const { found, manifest } = await unpackFiles(reader, fresh, own);
    mustMatch(found, manifest);
    renameSync(fresh, directory);
    syncDirectory(dirname(directory));
    return at;
  } finally {
    await archive.close();
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** @throws Error when the first entry does not say that this is a backup of the kind */
async function noteOf(reader: ArchiveReader, kind: BackupKind): Promise<Date> {
  const first = await reader.next().catch(() => undefined);
  if (first?.name !== BACKUP_NOTE || first.size > 1_000) throw new Error('that file is no backup of Thinfile');
  const note = JSON.parse((await reader.whole(first)).toString('utf8')) as { kind?: unknown; at?: unknown };
  if (note.kind !== kind) throw new Error('that is a backup of the other database');
  return new Date(String(note.at));
}

type Found = Map<string, { readonly size: number; readonly sha256: string }>;

async function unpackFiles(reader: ArchiveReader, root: string, own: (path: string) => void): Promise<{ found: Found; manifest: BackupManifest }> {
  const found: Found = new Map();
  let manifest: BackupManifest | undefined;
  for (let entry = await reader.next(); entry; entry = await reader.next()) {
    if (entry.name === MANIFEST) {
      manifest = readManifest(await reader.whole(entry));
      continue;
    }
    const path = placeOf(root, entry.name);
    if (entry.kind === 'directory') makeDirectory(path, own);
    else found.set(entry.name, { size: entry.size, sha256: await unpackOne(reader, entry, path, own) });
  }
  if (!manifest) throw new Error('the backup has no manifest');
  return { found, manifest };
}

async function unpackOne(reader: ArchiveReader, entry: TarEntry, path: string, own: (path: string) => void): Promise<string> {
  const digest = createHash('sha256');
  const file: FileHandle = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of reader.content(entry)) {
      digest.update(chunk);
      await file.appendFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  own(path);
  return digest.digest('hex');
}

/** The write-ahead log checks itself and is in no manifest. */
function mustMatch(found: Found, manifest: BackupManifest): void {
  for (const [path, { size, sha256 }] of manifest) {
    const file = found.get(path);
    if (file?.size !== size || file.sha256 !== sha256) throw new Error(`the backup is damaged: ${basename(path)} is not what the manifest says`);
  }
  for (const path of found.keys()) {
    if (!manifest.has(path) && !path.startsWith('pg_wal/')) throw new Error(`the backup holds ${basename(path)}, which its manifest does not know`);
  }
}

/** @throws Error on a name that would leave the directory */
function placeOf(root: string, name: string): string {
  const path = normalize(join(root, name));
  if (!path.startsWith(root + sep)) throw new Error('the backup holds a name that leads out of the directory');
  return path;
}

function makeDirectory(path: string, own: (path: string) => void): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  own(path);
}
