import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';
import { LoadedService, type Answer, type RunningService } from './running-service.js';

/** No daylight saving, and ten past midnight there: before the hour of the nightly run, which would come in between. */
const ZONE = 'America/Phoenix';
const START = Date.parse('2027-01-04T07:10:00Z');
const DAY_MS = 86_400_000;
const PASSWORD = 'seven grey herons wade upstream';

export interface Person {
  readonly id: string;
  readonly email: string;
  password: string;
  token: string;
}

/**
 * A site with two service processes on the same two databases and the same two secrets directories: one that is killed and
 * started again, and one beside it that lives through everything.
 */
export class CrashWorld {
  private moved = 0;
  private spare = new LoadedService();
  victim: RunningService;
  survivor: RunningService;
  administrator: Person;
  preparer: Person;

  private constructor(
    readonly databases: TestDatabases,
    readonly secrets: readonly [string, string],
  ) {}

  /** Databases with their schema, and nobody there yet. */
  static async empty(): Promise<CrashWorld> {
    const databases = await makeDatabases();
    const { dataDirectory } = databases.settings;
    const world = new CrashWorld(databases, [join(dataDirectory, 'secrets'), join(dataDirectory, 'elsewhere')]);
    mkdirSync(dataDirectory, { recursive: true });
    world.writeClock();
    return world;
  }

  /** With an administrator, a preparer who holds the key, and both processes running. */
  static async founded(): Promise<CrashWorld> {
    const world = await CrashWorld.empty();
    world.survivor = await world.start();
    await world.setUp(world.survivor);
    world.preparer = await world.join('preparer');
    await world.restart();
    return world;
  }

  /** The next start after a crash: as it is, with nothing done by hand. */
  async restart(): Promise<void> {
    this.victim = await this.start();
  }

  /** @throws Died when it ends before it listens */
  async start(dieAt?: string): Promise<RunningService> {
    const loaded = this.spare;
    this.spare = new LoadedService();
    const { urls, settings } = this.databases;
    const what = { ...settings, databases: urls, secretsDirectories: this.secrets, allowNeverIssuedNumbers: true };
    return loaded.start({ settings: what, clock: this.clockFile, dieAt });
  }

  async setUp(service: RunningService): Promise<void> {
    const email = 'ada@example.org';
    const body = { organisation: 'Riverside', site: 'Library', timeZone: ZONE, name: 'Ada Administrator', email, password: PASSWORD };
    const answer = await service.ask('POST', '/api/set-up', { ...body, token: tokenIn(service.link!) });
    must(answer, 201);
    this.administrator = { ...(await this.signIn(service, email, PASSWORD)), email, password: PASSWORD };
    must(await service.ask('PATCH', '/api/site', { collectCredentials: true }, this.administrator.token), 200);
  }

  /** Invites somebody and lets them join, on the process that lives. */
  async join(role: 'preparer' | 'administrator' | 'auditor'): Promise<Person> {
    const { email, token } = await this.invite(role);
    must(await this.survivor.ask('POST', '/api/join', { token, password: PASSWORD }), 201);
    return { ...(await this.signIn(this.survivor, email, PASSWORD)), email, password: PASSWORD };
  }

  async invite(role: 'preparer' | 'administrator' | 'auditor'): Promise<{ email: string; token: string }> {
    const email = `${role}-${(this.invited += 1)}@example.org`;
    const answer = await this.survivor.ask('POST', '/api/invitations', { name: 'Robin Sample', email, role }, this.administrator.token);
    must(answer, 201);
    return { email, token: tokenIn(answer.body.link) };
  }
  private invited = 0;

  /** A session that lasts, since a test jumps over days. */
  async signIn(service: RunningService, email: string, password: string): Promise<{ id: string; token: string }> {
    const answer = await service.ask('POST', '/api/sign-in', { email, password });
    must(answer, 200);
    await this.databases.recordsOwner(`UPDATE session SET idles_out = false, expires_at = '2099-01-01'`);
    return { id: answer.body.member.id, token: answer.body.token };
  }

  moveDays(days: number): void {
    this.moved += days * DAY_MS;
    this.writeClock();
  }

  get services(): readonly RunningService[] {
    return [this.victim, this.survivor];
  }

  async close(): Promise<void> {
    await Promise.all([this.victim, this.survivor].map((service) => service?.process.end('SIGTERM')));
    await this.spare.end('SIGKILL');
    await this.databases.close();
    rmSync(this.databases.settings.dataDirectory, { recursive: true, force: true });
  }

  private get clockFile(): string {
    return join(this.databases.settings.dataDirectory, 'clock-offset');
  }

  /** Whole: a process that looks at that moment must not see half a number. */
  private writeClock(): void {
    writeFileSync(`${this.clockFile}.new`, String(START + this.moved - Date.now()));
    renameSync(`${this.clockFile}.new`, this.clockFile);
  }
}

/** @throws Error with the code, never the values */
export function must(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

export function tokenIn(link: string): string {
  return new URL(link).searchParams.get('token')!;
}
