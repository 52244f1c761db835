import { existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Settings } from '../settings.js';
import { kindOfName, type BackupKind } from './backup-name.js';

/**
 * Makes a directory ready for backups of one kind. Content and life in one place are a copy of everything that is alive, and
 * the master file with them a copy that no purge run ends: whoever takes one folder must not get both.
 * @returns the directory, made if need be
 * @throws Error when it lies in the data directory or a secrets directory, or holds backups of the other kind
 */
export function mayHoldBackups(settings: Settings, kind: BackupKind, directory: string): string {
  mkdirSync(resolve(directory), { recursive: true, mode: 0o700 });
  const target = realpathSync(directory);
  if (isInside(target, settings.dataDirectory)) throw new Error('A backup inside the data directory goes with it. Name a directory elsewhere.');
  if (settings.secretsDirectories.some((secrets) => isInside(target, secrets))) {
    throw new Error('No backup goes into a secrets directory: with the master file beside it nothing in it would ever be destroyed.');
  }
  if (readdirSync(target).some((name) => (kindOfName(name) ?? kind) !== kind)) {
    throw new Error('That directory holds backups of the other database. Records and keys are never kept together.');
  }
  return target;
}

function isInside(path: string, directory: string): boolean {
  const way = relative(existsSync(directory) ? realpathSync(directory) : directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
