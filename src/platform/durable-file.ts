import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;

/**
 * Creates a file with all of its content or not at all; on return it survives a power cut.
 * @returns false, leaving it as it is, when there is one already
 */
export function createFile(path: string, content: string | Uint8Array): boolean {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = writeBeside(path, content);
  try {
    linkSync(fresh, path); // unlike a rename it never replaces
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(fresh);
  }
  syncDirectory(path);
  return true;
}

/** Replaces a file: a reader, and a start after a crash, finds the old content or the new, never a mixture or nothing. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  renameSync(writeBeside(path, content), path);
  syncDirectory(path);
}

function writeBeside(path: string, content: string | Uint8Array): string {
  const fresh = `${path}.${process.pid}.new`;
  const file = openSync(fresh, 'w', OWNER_ONLY);
  try {
    writeFileSync(file, content); // all of it: one write to a disk that is filling up may take a part and call it a success
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return fresh;
}

/** The name is in the directory: that has to reach the disk too. */
function syncDirectory(path: string): void {
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
