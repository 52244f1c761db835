import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foundSite, signInAll, type SignedInMember } from '../../src/demo/members.js';
import { EventLog } from '../../src/platform/event-log.js';
import { Settings } from '../../src/platform/settings.js';
import { startService, type RunningService } from '../../src/start-service.js';
import { talkativePostgres, type Superusers } from './talkative-postgres.js';
import { TestClock } from './test-clock.js';
import { apiClient, type ApiClient } from './test-service.js';
import { WebVisitor } from './web-visitor.js';

/** The service as it is run, on PostgreSQL servers of its own that say all they can, in a directory that can be searched whole. */
export class PlantedService {
  /** Everything that the service printed. */
  readonly said: string[] = [];
  readonly clock = new TestClock(new Date('2027-02-01T17:00:00Z'));
  members: readonly SignedInMember[] = [];
  superusers!: Superusers;
  private service!: RunningService;
  private readonly temporaryDirectory = process.env['TMPDIR'];

  private constructor(readonly directory: string) {}

  static async start(): Promise<PlantedService> {
    const planted = new PlantedService(mkdtempSync(join(tmpdir(), 'thinfile-promise-11-')));
    const { directory, clock, said } = planted;
    mkdirSync(planted.temporary, { mode: 0o777 });
    process.env['TMPDIR'] = planted.temporary;
    const settings = new Settings({ dataDirectory: directory, port: 0, allowNeverIssuedNumbers: true });
    planted.service = await startService(settings, clock, new EventLog(() => clock.now(), { write: (line) => void said.push(line) }));
    const people = await foundSite(planted.service.app);
    planted.superusers = await talkativePostgres(settings);
    planted.members = await signInAll(planted.service.app, people);
    await planted.as('administrator').patch('/api/site', { collectCredentials: true, collectNotes: true });
    return planted;
  }

  /** What would be written into the temporary directory is written here. */
  get temporary(): string {
    return join(this.directory, 'temporary');
  }

  get url(): string {
    return this.service.url;
  }

  get app(): RunningService['app'] {
    return this.service.app;
  }

  as(role: string): ApiClient {
    return apiClient(this.url, this.tokenOf(role));
  }

  window(role: string): WebVisitor {
    return new WebVisitor(this.url, this.tokenOf(role));
  }

  tokenOf(role: string): string {
    return this.members.find((member) => member.role === role)!.token;
  }

  async anotherDay(days: number): Promise<void> {
    this.clock.advanceDays(days);
    this.members = await signInAll(this.service.app, this.members);
  }

  async stop(): Promise<void> {
    await this.service?.stop();
  }

  clear(): void {
    if (this.temporaryDirectory === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = this.temporaryDirectory;
    rmSync(this.directory, { recursive: true, force: true });
  }
}
