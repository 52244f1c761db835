import { closeSync, fsyncSync, openSync } from 'node:fs';

/** A new or changed name is in its directory: that has to reach the disk as well as the file. */
export function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
