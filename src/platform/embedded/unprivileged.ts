import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.js';

const NOBODY = 65_534;

/** How PostgreSQL is started: it refuses to run as root. */
export interface Launcher {
  readonly binaries: Binaries;
  start(binary: string, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Gives a file or folder that this process has made to whoever the server runs as. */
  own(path: string): void;
}

/**
 * As an ordinary user: directly. As root: in a user namespace where root shows as `nobody`, so that no other user has to
 * exist and files stay root's own; where that is not allowed, as `nobody` in earnest, with a copy of the binaries it can read.
 * @throws Error when root may not make a user namespace and `nobody` cannot reach the data directory
 */
export function launcher(binaries: Binaries, dataDirectory: string): Launcher {
  if (process.getuid?.() !== 0) return { binaries, start: (binary, args, options) => spawn(binary, args, options), own: () => undefined };
  const inNamespace = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
  if (spawnSync('unshare', [...inNamespace, 'true']).status === 0) {
    return { binaries, start: (binary, args, options) => spawn('unshare', [...inNamespace, binary, ...args], options), own: () => undefined };
  }
  return asNobody(binaries, dataDirectory);
}

function asNobody(binaries: Binaries, dataDirectory: string): Launcher {
  chmodSync(dataDirectory, 0o711); // to pass through, not to list; `secrets/` inside it stays closed
  const readable = readableCopy(binaries, dataDirectory);
  const identity = { uid: NOBODY, gid: NOBODY, cwd: dataDirectory };
  if (spawnSync(readable.postgres, ['--version'], identity).status !== 0) {
    throw new Error(
      `PostgreSQL does not run as root, and the user nobody cannot reach ${dataDirectory}. ` +
        'Start as an ordinary user, or set THINFILE_DATA to a folder below folders that others may pass through.',
    );
  }
  return {
    binaries: readable,
    start: (binary, args, options) => spawn(binary, args, { ...options, uid: NOBODY, gid: NOBODY }),
    own: (path) => chownSync(path, NOBODY, NOBODY),
  };
}

/**
 * A clone below a folder of mode 0700 cannot be read by `nobody`. The copy is inside the data directory: anyone could have
 * put a program of their own under a name in the common temporary folder.
 */
function readableCopy(binaries: Binaries, dataDirectory: string): Binaries {
  const copy = join(dataDirectory, 'postgresql');
  if (!existsSync(copy)) {
    const fresh = `${copy}.new`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o755 });
    cpSync(dirname(dirname(binaries.postgres)), fresh, { recursive: true, verbatimSymlinks: true });
    renameSync(fresh, copy);
  }
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}
