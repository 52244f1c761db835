import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { keepRunning, type KeptServer } from './keep-running.js';
import { stopOrphan } from './stop-orphan.js';
import type { Launcher } from './unprivileged.js';

/** The role that owns the schema. */
export const OWNER = 'thinfile_owner';

/** Without a word from the server. */
const START_TIMEOUT_MS = 60_000;
const LOCK_TIMEOUT_MS = 30_000;
/** It recovers from a crash, which takes the time it takes: to stop it would be to begin anew. */
const RECOVERY_TIMEOUT_MS = 600_000;

/** SQLSTATE. */
const STARTING_UP = '57P03';
const WRONG_PASSWORD = '28P01';

/** PostgreSQL says nothing of statements, parameters or the values in error messages, whatever goes wrong. */
const SILENT = {
  log_statement: 'none',
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
} as const;

export interface ClusterPlace {
  /** Holds the cluster and nothing else. */
  readonly directory: string;
  readonly logFile: string;
  readonly ownerPassword: string;
  /** Extra server settings, e.g. `{fsync: 'off'}` for throw-away clusters. */
  readonly options?: Readonly<Record<string, string>>;
}

export interface RunningCluster extends KeptServer {
  readonly port: number;
}

/**
 * Starts a cluster, making it first if need be, and stopping one that a killed process left behind; and starts it again, on
 * the same port, when it ends by itself.
 */
export async function startCluster(
  launcher: Launcher,
  place: ClusterPlace,
  say: (what: 'ended' | 'restarted') => void = () => undefined,
): Promise<RunningCluster> {
  if (!existsSync(join(place.directory, 'PG_VERSION'))) await initialise(launcher, place);
  const port = await freePort();
  const start = async (): Promise<ChildProcess> => {
    const child = launchServer(launcher, place, port);
    await untilReady(child, port, place);
    return child;
  };
  const isStuck = async (): Promise<boolean> => codeOf(await knock(place, port)) === STARTING_UP;
  return { port, ...keepRunning(await startAfterCrash(start, place), { start, isStuck, say }) };
}

/**
 * Of a server that was killed together with its service, the system may not have buried the process yet, or its children may
 * hold its memory for a moment more. As long as its lock is there, a new one is refused; then it is tried again.
 */
async function startAfterCrash(start: () => Promise<ChildProcess>, { directory }: ClusterPlace): Promise<ChildProcess> {
  const deadline = performance.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    await stopOrphan(directory);
    try {
      return await start();
    } catch (error) {
      if (!existsSync(join(directory, 'postmaster.pid')) || performance.now() > deadline) throw error;
      await sleep(200);
    }
  }
}

/** Into a neighbouring folder first: a crash leaves no cluster or a whole one. */
async function initialise(launcher: Launcher, { directory, ownerPassword }: ClusterPlace): Promise<void> {
  const fresh = `${directory}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  const passwordFile = `${fresh}.password`;
  writeFileSync(passwordFile, ownerPassword, { mode: 0o600 });
  launcher.own(fresh);
  launcher.own(passwordFile);
  try {
    const args = ['-D', fresh, '-U', OWNER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--no-locale', '--data-checksums'];
    const child = launcher.start(launcher.binaries.initdb, args, { stdio: 'ignore', cwd: dirname(directory) });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`initdb ended with ${code}: is ${dirname(directory)} writable?`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, directory);
}

function launchServer(launcher: Launcher, place: ClusterPlace, port: number): ChildProcess {
  const options = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '64MB',
    ...SILENT,
    ...place.options,
  };
  const args = ['-D', place.directory, ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const log = openSync(place.logFile, 'a', 0o600);
  try {
    // A process group of its own: Ctrl-C reaches the service, which then stops the server in its own order.
    return launcher.start(launcher.binaries.postgres, args, { stdio: ['ignore', log, log], detached: true, cwd: place.directory });
  } finally {
    closeSync(log);
  }
}

async function untilReady(child: ChildProcess, port: number, place: ClusterPlace): Promise<void> {
  child.on('error', () => undefined); // it never started: there is no pid, and the log says nothing
  const begun = performance.now();
  for (;;) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`PostgreSQL ended while starting; its log is ${place.logFile}:\n${readFileSync(place.logFile, 'utf8').slice(-1000)}`);
    }
    const refused = await knock(place, port);
    if (refused === undefined) return child.unref();
    const patience = codeOf(refused) === STARTING_UP ? RECOVERY_TIMEOUT_MS : START_TIMEOUT_MS;
    if (codeOf(refused) === WRONG_PASSWORD || performance.now() > begun + patience) {
      child.kill('SIGINT');
      throw refused;
    }
    await sleep(50);
  }
}

/** @returns what a connection as the owner is refused with; undefined when it is taken */
async function knock({ ownerPassword }: ClusterPlace, port: number): Promise<Error | undefined> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: OWNER, password: ownerPassword, database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error as Error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function codeOf(error: Error | undefined): string | undefined {
  return (error as { code?: string } | undefined)?.code;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
