import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import type { DatabaseUrls } from '../../src/platform/settings.js';
import { invite, join, setUp, signIn, type Person } from './people.js';
import { LoadedService, nextService, type RunningService } from './running-service.js';

export type ClusterName = 'records' | 'keys';

/** One service on embedded servers of its own, in a data directory, as `npm start` has it. */
export class EmbeddedWorld {
  service: RunningService;
  administrator: Person;
  preparer: Person;

  private constructor(readonly data: string) {}

  /** With nobody there yet, and nothing started. */
  static empty(): EmbeddedWorld {
    const world = new EmbeddedWorld(mkdtempSync(pathOf(tmpdir(), 'thinfile-crash-')));
    world.setDay('2027-01-04');
    return world;
  }

  static async founded(): Promise<EmbeddedWorld> {
    const world = EmbeddedWorld.empty();
    await world.start();
    world.administrator = await setUp(world.service);
    const { email, token } = await invite(world.service, world.administrator, 'preparer', 'robin@example.org');
    world.preparer = await join(world.service, email, token);
    return world;
  }

  /**
   * As after a crash: with nothing done by hand.
   * @param before what the process is started by, if anything
   * @param dieAt see kill-at.js
   * @throws Died when it ends before it listens
   */
  async start(before: readonly string[] = [], dieAt?: string): Promise<void> {
    const settings = { dataDirectory: this.data, secretsDirectories: [this.secrets], port: 0, allowNeverIssuedNumbers: true };
    this.service = await (before.length > 0 ? new LoadedService(before) : nextService()).start({ settings, clock: this.clockFile, dieAt });
  }

  /** Ten past midnight of that day at the site: before the hour of the nightly run, which would come in between. */
  setDay(day: string): void {
    writeFileSync(`${this.clockFile}.new`, String(Date.parse(`${day}T07:10:00Z`) - Date.now()));
    renameSync(`${this.clockFile}.new`, this.clockFile);
  }

  /** Sessions do not live as long as a test that jumps over days. */
  async signInAgain(): Promise<void> {
    this.administrator = await signIn(this.service, this.administrator.email);
    this.preparer = await signIn(this.service, this.preparer.email);
  }

  serverPid(name: ClusterName): number {
    return Number(readFileSync(pathOf(this.data, name, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  get secrets(): string {
    return pathOf(this.data, 'secrets');
  }

  get urls(): Record<ClusterName, DatabaseUrls> {
    const { ports } = JSON.parse(readFileSync(pathOf(this.data, 'owner.json'), 'utf8')) as { ports: Record<ClusterName, number> };
    const of = (name: ClusterName): DatabaseUrls => {
      const passwords = JSON.parse(readFileSync(pathOf(this.secrets, `${name}-passwords.json`), 'utf8')) as DatabaseUrls;
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
    await this.service.process.end('SIGTERM');
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }

  private get clockFile(): string {
    return pathOf(this.data, 'clock-offset');
  }
}
