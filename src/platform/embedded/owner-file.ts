import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ owner: thisProcess() } satisfies OwnerRecord), { mode: 0o600 });
  try {
    for (;;) {
      if (linked(mine, path)) return undefined;
      const found = readOwner(path);
      if (found && isAlive(found.owner)) return found;
      clear(path);
    }
  } finally {
    rmSync(mine);
  }
}

/** A link appears whole and never replaces what is there. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes the file of a process that is gone out of the way. Another starter may just have put its own there: that is put back. */
function clear(path: string): void {
  const aside = `${path}.${process.pid}.aside`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // the other starter was faster
    throw error;
  }
  const taken = readOwner(aside);
  if (taken && isAlive(taken.owner)) linked(aside, path);
  rmSync(aside);
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
