import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';
import { invite, join, setUp, setUpByTwo, type Invited, type Person, type Role } from './people.js';
import { nextService, type RunningService } from './running-service.js';

/** Ten past midnight at the site: before the hour of the nightly run, which would come in between. */
const START = Date.parse('2027-01-04T07:10:00Z');
const DAY_MS = 86_400_000;

/**
 * A site with two service processes on the same two databases and the same two secrets directories: one that is killed and
 * started again, and one beside it that lives through everything.
 */
export class CrashWorld {
  private moved = 0;
  private invited = 0;
  victim: RunningService;
  survivor: RunningService;
  administrator: Person;
  second: Person;
  preparer: Person;

  private constructor(
    readonly databases: TestDatabases,
    readonly secrets: readonly [string, string],
  ) {}

  /** Databases with their schema, and nobody there yet. */
  static async empty(): Promise<CrashWorld> {
    const databases = await makeDatabases();
    const { dataDirectory } = databases.settings;
    const world = new CrashWorld(databases, [pathOf(dataDirectory, 'secrets'), pathOf(dataDirectory, 'elsewhere')]);
    mkdirSync(dataDirectory, { recursive: true });
    world.writeClock();
    return world;
  }

  /** With an administrator, a preparer who holds the key, and both processes running. */
  static async founded(): Promise<CrashWorld> {
    const world = await CrashWorld.empty();
    world.survivor = await world.start();
    world.administrator = await world.lasting(await setUp(world.survivor));
    return world.staffed();
  }

  /** The same with `second`, an administrator too, who is independent of the first. */
  static async foundedByTwo(): Promise<CrashWorld> {
    const world = await CrashWorld.empty();
    world.survivor = await world.start();
    [world.administrator, world.second] = await setUpByTwo(world.survivor);
    return world.staffed();
  }

  private async staffed(): Promise<this> {
    this.preparer = await this.join('preparer');
    return this.restart();
  }

  /** The next start after a crash: as it is, with nothing done by hand. */
  async restart(): Promise<this> {
    this.victim = await this.start();
    return this;
  }

  /** @throws Died when it ends before it listens */
  async start(dieAt?: string): Promise<RunningService> {
    const { urls, settings } = this.databases;
    const what = { ...settings, databases: urls, secretsDirectories: this.secrets, allowNeverIssuedNumbers: true };
    return nextService().start({ settings: what, clock: this.clockFile, dieAt });
  }

  /** Invites somebody and lets them join, on the process that lives. */
  async join(role: Role): Promise<Person> {
    const { email, token } = await this.invite(role);
    return this.lasting(await join(this.survivor, email, token));
  }

  invite(role: Role): Promise<Invited> {
    return invite(this.survivor, this.administrator, role, `${role}-${(this.invited += 1)}@example.org`);
  }

  /** Sessions that last, since a test jumps over days. */
  async lasting(person: Person): Promise<Person> {
    await this.databases.recordsOwner(`UPDATE session SET idles_out = false, expires_at = '2099-01-01'`);
    return person;
  }

  moveDays(days: number): void {
    this.moved += days * DAY_MS;
    this.writeClock();
  }

  get services(): readonly [RunningService, RunningService] {
    return [this.victim, this.survivor];
  }

  async close(): Promise<void> {
    await Promise.all([this.victim, this.survivor].map((service) => service?.process.end('SIGTERM')));
    await this.databases.close();
    rmSync(this.databases.settings.dataDirectory, { recursive: true, force: true });
  }

  private get clockFile(): string {
    return pathOf(this.databases.settings.dataDirectory, 'clock-offset');
  }

  /** Whole: a process that looks at that moment must not see half a number. */
  private writeClock(): void {
    writeFileSync(`${this.clockFile}.new`, String(START + this.moved - Date.now()));
    renameSync(`${this.clockFile}.new`, this.clockFile);
  }
}
