import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { accessSync, chownSync, constants, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.js';

const NOBODY = 65_534;

/** How PostgreSQL is started: it refuses to run as root. */
export interface Launcher {
  readonly binaries: Binaries;
  start(binary: string, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Makes a new data directory usable by whoever the server runs as. */
  own(directory: string): void;
}

/**
 * As an ordinary user: directly. As root: in a user namespace where root shows as `nobody`, so that no other user has to
 * exist and files stay root's own; where that is not allowed, as `nobody` in earnest, with a copy of the binaries it can read.
 */
export function launcher(binaries: Binaries): Launcher {
  if (process.getuid?.() !== 0) return { binaries, start: (binary, args, options) => spawn(binary, args, options), own: () => undefined };
  const inNamespace = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
  if (spawnSync('unshare', [...inNamespace, 'true']).status === 0) {
    return { binaries, start: (binary, args, options) => spawn('unshare', [...inNamespace, binary, ...args], options), own: () => undefined };
  }
  return {
    binaries: readableCopy(binaries),
    start: (binary, args, options) => spawn(binary, args, { ...options, uid: NOBODY, gid: NOBODY }),
    own: chownTree,
  };
}

/** A clone below a folder of mode 0700 cannot be read by `nobody`. */
function readableCopy(binaries: Binaries): Binaries {
  const native = dirname(dirname(binaries.postgres));
  const copy = join(tmpdir(), `thinfile-${basename(dirname(native))}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  accessSync(join(copy, 'bin', 'postgres'), constants.X_OK);
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

function chownTree(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chownSync(directory, NOBODY, NOBODY);
  for (const entry of readdirSync(directory, { recursive: true, encoding: 'utf8' })) chownSync(join(directory, entry), NOBODY, NOBODY);
}
