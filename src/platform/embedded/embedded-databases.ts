import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createFile } from '../durable-file.js';
import type { EventLog } from '../event-log.js';
import type { DatabaseUrls, Settings } from '../settings.js';
import { findBinaries } from './binaries.js';
import { OWNER, startCluster, type RunningCluster } from './cluster.js';
import { claim, readOwner, release, writePorts, type OwnerRecord } from './owner-file.js';
import { launcher } from './unprivileged.js';

const SERVICE = 'thinfile';
const CLUSTERS = ['records', 'keys'] as const;
type ClusterName = (typeof CLUSTERS)[number];

export interface EmbeddedDatabases {
  readonly records: DatabaseUrls;
  readonly keys: DatabaseUrls;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Use the servers of a service that is running, instead of refusing to. */
  readonly attach?: boolean;
  /** Extra settings of the servers. */
  readonly server?: Readonly<Record<string, string>>;
  /** Told when a server ended by itself, and when it is back. */
  readonly events?: EventLog;
}

/**
 * Two PostgreSQL servers in the data directory: `records/` and `keys/`, with `secrets/` apart from both. Two, since one
 * cluster shares one write-ahead log: whoever backs up records would back up life with it.
 */
export async function embeddedDatabases(
  settings: Settings,
  options: EmbeddedOptions = {},
): Promise<EmbeddedDatabases> {
  const { dataDirectory, secretsDirectories } = settings;
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  mkdirSync(secretsDirectories[0], { recursive: true, mode: 0o700 });
  const ownerFile = join(dataDirectory, 'owner.json');
  const other = claim(ownerFile);
  if (other) {
    if (!options.attach) throw new Error(`Another Thinfile (process ${other.owner.pid}) is running on ${dataDirectory}.`);
    const ports = await portsOf(ownerFile, other);
    const passwords = passwordsIn(secretsDirectories[0]);
    return { records: urls('records', ports.records, passwords), keys: urls('keys', ports.keys, passwords), stop: async () => undefined };
  }
  try {
    const passwords = passwordsIn(secretsDirectories[0]);
    const [records, keys] = await startBoth(settings, passwords, options);
    writePorts(ownerFile, { records: records.port, keys: keys.port });
    return {
      records: urls('records', records.port, passwords),
      keys: urls('keys', keys.port, passwords),
      stop: async () => {
        await Promise.all([records.stop(), keys.stop()]);
        release(ownerFile);
      },
    };
  } catch (error) {
    release(ownerFile);
    throw error;
  }
}

async function startBoth(
  { dataDirectory }: Settings,
  passwords: Record<ClusterName, ClusterPasswords>,
  { server = {}, events }: EmbeddedOptions,
): Promise<[RunningCluster, RunningCluster]> {
  const launch = launcher(await findBinaries(), dataDirectory);
  const started = await Promise.allSettled(
    CLUSTERS.map((name) => {
      const place = { directory: join(dataDirectory, name), logFile: join(dataDirectory, `${name}.log`), options: server };
      const say = (what: 'ended' | 'restarted'): void => events?.warn({ event: `database.${what}`, database: name });
      return startCluster(launch, { ...place, ownerPassword: passwords[name].owner }, say);
    }),
  );
  const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  try {
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    const [records, keys] = running as [RunningCluster, RunningCluster];
    await Promise.all([prepare('records', records.port, passwords), prepare('keys', keys.port, passwords)]);
    return [records, keys];
  } catch (error) {
    await Promise.all(running.map((one) => one.stop()));
    throw error;
  }
}

/** The service's login role and the database, made where they are not there yet. */
async function prepare(name: ClusterName, port: number, passwords: Record<ClusterName, ClusterPasswords>): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: OWNER, password: passwords[name].owner, database: 'postgres' });
  client.on('error', () => undefined); // a server that dies fails the query under way
  await client.connect();
  try {
    const { rowCount: role } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [SERVICE]);
    if (role === 0) await client.query(`CREATE ROLE ${SERVICE} LOGIN PASSWORD '${passwords[name].service}'`);
    const { rowCount: database } = await client.query('SELECT FROM pg_database WHERE datname = $1', [databaseName(name)]);
    if (database === 0) await client.query(`CREATE DATABASE ${databaseName(name)}`);
  } finally {
    await client.end();
  }
}

interface ClusterPasswords {
  readonly owner: string;
  readonly service: string;
}

function passwordsIn(directory: string): Record<ClusterName, ClusterPasswords> {
  return { records: clusterPasswords(directory, 'records'), keys: clusterPasswords(directory, 'keys') };
}

/** Random, hexadecimal, kept beside neither cluster. Whole on the disk before the cluster that they are for is made. */
function clusterPasswords(directory: string, name: ClusterName): ClusterPasswords {
  const path = join(directory, `${name}-passwords.json`);
  if (!existsSync(path)) {
    const fresh = { owner: randomBytes(24).toString('hex'), service: randomBytes(24).toString('hex') };
    createFile(path, JSON.stringify(fresh));
  }
  return JSON.parse(readFileSync(path, 'utf8')) as ClusterPasswords;
}

async function portsOf(ownerFile: string, owner: OwnerRecord): Promise<NonNullable<OwnerRecord['ports']>> {
  for (let tries = 0; tries < 600; tries++) {
    const found = tries === 0 ? owner : readOwner(ownerFile);
    if (found?.ports) return found.ports;
    await sleep(100);
  }
  throw new Error('The running Thinfile does not come up.');
}

function urls(name: ClusterName, port: number, passwords: Record<ClusterName, ClusterPasswords>): DatabaseUrls {
  const url = (user: string, password: string): string => `postgres://${user}:${password}@127.0.0.1:${port}/${databaseName(name)}`;
  return { service: url(SERVICE, passwords[name].service), owner: url(OWNER, passwords[name].owner) };
}

function databaseName(name: ClusterName): string {
  return `thinfile_${name}`;
}
