import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseUrls } from '../../src/platform/settings.js';
import { ask } from '../support/embedded.js';
import { invite, join, setUp, type Person } from './people.js';
import type { PurgedWorld } from './purged-world.js';
import { LoadedService, nextService, type RunningService } from './running-service.js';

export type ClusterName = 'records' | 'keys';

/** Ten past midnight at the site: before the hour of the nightly run, which would come in between. */
const START = Date.parse('2027-01-04T07:10:00Z');
const DAY_MS = 86_400_000;

/**
 * One service on embedded servers of its own, in a data directory, as `npm start` has it; and, where it is asked for, another
 * process beside it on the same servers and secrets, which started none of them and finds them by their addresses.
 */
export class EmbeddedWorld implements PurgedWorld {
  private moved = 0;
  private beside: RunningService | undefined;
  service: RunningService;
  administrator: Person;
  preparer: Person;

  private constructor(readonly data: string) {}

  /** With nobody there yet, and nothing started. */
  static empty(): EmbeddedWorld {
    const world = new EmbeddedWorld(mkdtempSync(pathOf(tmpdir(), 'thinfile-crash-')));
    world.writeClock();
    return world;
  }

  static async founded(): Promise<EmbeddedWorld> {
    const world = EmbeddedWorld.empty();
    await world.start();
    world.administrator = await setUp(world.service);
    const { email, token } = await invite(world.service, world.administrator, 'preparer', 'robin@example.org');
    world.preparer = await join(world.service, email, token);
    await world.lasting();
    return world;
  }

  /**
   * As after a crash: with nothing done by hand.
   * @param before what the process is started by, if anything
   * @param dieAt see kill-at.js
   * @throws Died when it ends before it listens
   */
  async start(before: readonly string[] = [], dieAt?: string): Promise<void> {
    this.service = await loaded(before).start({ settings: this.settings, clock: this.clockFile, dieAt });
  }

  /** The process beside it. @param before what it is started by, if anything */
  async startBeside(before: readonly string[] = []): Promise<void> {
    this.beside = await loaded(before).start({ settings: { ...this.settings, databases: this.urls }, clock: this.clockFile });
  }

  /** The one that has the servers, and the one beside it. */
  get services(): readonly [RunningService, RunningService] {
    return [this.service, this.beside!];
  }

  moveDays(days: number): void {
    this.moved += days * DAY_MS;
    this.writeClock();
  }

  serverPid(name: ClusterName): number {
    return Number(readFileSync(pathOf(this.data, name, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /** Waits until the service has started it again and both processes have noticed. */
  async killServer(name: ClusterName): Promise<void> {
    const before = this.said('database.restarted').length;
    process.kill(this.serverPid(name), 'SIGKILL');
    while (this.said('database.restarted').length === before) await sleep(20);
    for (const service of this.services) while ((await service.ask('GET', '/readyz')).status !== 200) await sleep(20);
  }

  get secrets(): readonly [string] {
    return [pathOf(this.data, 'secrets')];
  }

  get databases(): PurgedWorld['databases'] {
    return {
      recordsOwner: (sql, parameters) => ask(this.urls.records.owner, sql, parameters),
      keysOwner: (sql, parameters) => ask(this.urls.keys.owner, sql, parameters),
    };
  }

  get urls(): Record<ClusterName, DatabaseUrls> {
    const { ports } = JSON.parse(readFileSync(pathOf(this.data, 'owner.json'), 'utf8')) as { ports: Record<ClusterName, number> };
    const of = (name: ClusterName): DatabaseUrls => {
      const passwords = JSON.parse(readFileSync(pathOf(this.secrets[0], `${name}-passwords.json`), 'utf8')) as DatabaseUrls;
      const url = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${ports[name]}/thinfile_${name}`;
      return { service: url('thinfile', passwords.service), owner: url('thinfile_owner', passwords.owner) };
    };
    return { records: of('records'), keys: of('keys') };
  }

  /** What its event log says of a kind, in order: the database each line is about. */
  said(event: string): readonly string[] {
    const lines = this.service.process.printed.split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as { event: string; database: string }).flatMap((line) => (line.event === event ? [line.database] : []));
  }

  async stop(): Promise<void> {
    await this.beside?.process.end('SIGTERM');
    await this.service.process.end('SIGTERM');
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Sessions that last, since a test jumps over days. */
  private async lasting(): Promise<void> {
    await this.databases.recordsOwner(`UPDATE session SET idles_out = false, expires_at = '2099-01-01'`);
  }

  private get settings(): object {
    return { dataDirectory: this.data, secretsDirectories: this.secrets, port: 0, allowNeverIssuedNumbers: true };
  }

  private get clockFile(): string {
    return pathOf(this.data, 'clock-offset');
  }

  /** Whole: a process that looks at that moment must not see half a number. */
  private writeClock(): void {
    writeFileSync(`${this.clockFile}.new`, String(START + this.moved - Date.now()));
    renameSync(`${this.clockFile}.new`, this.clockFile);
  }
}

function loaded(before: readonly string[]): LoadedService {
  return before.length > 0 ? new LoadedService(before) : nextService();
}
