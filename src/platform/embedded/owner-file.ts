import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive, thisProcess, type ProcessIdentity } from './process-identity.js';

/** Who runs the servers of a data directory, and where they listen. */
export interface OwnerRecord {
  readonly owner: ProcessIdentity;
  /** Absent while they are starting. */
  readonly ports?: { readonly records: number; readonly keys: number };
}

/**
 * Makes this process the owner of the data directory's servers.
 * @returns the record of a living owner when there is one already; undefined when it is this process now
 */
export function claim(path: string): OwnerRecord | undefined {
  const mine = JSON.stringify({ owner: thisProcess() } satisfies OwnerRecord);
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: 'wx', mode: 0o600 });
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = readOwner(path);
    if (found && isAlive(found.owner)) return found;
    rmSync(path, { force: true }); // of a process that is gone
  }
}

export function writePorts(path: string, ports: NonNullable<OwnerRecord['ports']>): void {
  writeFileSync(`${path}.new`, JSON.stringify({ owner: thisProcess(), ports } satisfies OwnerRecord), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export function readOwner(path: string): OwnerRecord | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as OwnerRecord;
  } catch {
    return undefined;
  }
}

export function release(path: string): void {
  rmSync(path, { force: true });
}
