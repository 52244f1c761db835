import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import type { Role } from '../../src/access/signed-in.js';
import { foundSite, signInAll, type DemoMember } from '../../src/demo/members.js';
import { EventLog } from '../../src/platform/event-log.js';
import { Settings } from '../../src/platform/settings.js';
import { CheckRestored } from '../../src/retention/check-restored.js';
import { startService, type RunningService } from '../../src/start-service.js';
import { runPurge } from './run-purge.js';
import { TestClock } from './test-clock.js';
import { apiClient, type ApiClient } from './test-service.js';
import { WebVisitor } from './web-visitor.js';

/** A service with its own directory, whose records are copied and brought back beside the key store as it is by then. */
export class RestorableService {
  readonly clock: TestClock;
  readonly directory = mkdtempSync(join(tmpdir(), 'thinfile-restorable-'));
  private readonly settings = new Settings({ dataDirectory: this.directory, port: 0, allowNeverIssuedNumbers: true });
  private service: RunningService | undefined;
  private members: readonly DemoMember[] | undefined;

  constructor(now: string) {
    this.clock = new TestClock(new Date(now));
  }

  get app(): INestApplication {
    return this.service!.app;
  }

  async start(): Promise<void> {
    this.service = await startService(this.settings, this.clock, new EventLog(() => this.clock.now(), { write: () => undefined }));
    this.members ??= await foundSite(this.app);
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Two of them, with sessions of this day. */
  async clients(role: 'preparer' | 'administrator'): Promise<readonly [ApiClient, ApiClient]> {
    return (await this.tokens(role)).map((token) => apiClient(this.service!.url, token)) as [ApiClient, ApiClient];
  }

  /** A window of one of them, with a session of this day. */
  async visitor(role: Role): Promise<WebVisitor> {
    const [token] = await this.tokens(role);
    return new WebVisitor(this.service!.url, token);
  }

  private async tokens(role: Role): Promise<readonly string[]> {
    const signedIn = await signInAll(this.app, this.members!.filter((member) => member.role === role));
    return signedIn.map(({ token }) => token);
  }

  /** @returns the run's id, once it has finished */
  async run(): Promise<string> {
    const [administrator] = await this.clients('administrator');
    const { id, state } = await runPurge(administrator);
    if (state !== 'finished') throw new Error(`the run ${state}`);
    return id;
  }

  async copyAs(copy: string): Promise<void> {
    await this.stop();
    cpSync(this.path('records'), this.path(copy), { recursive: true });
    await this.start();
  }

  /** Starts on a copy, beside the key store as it is: the records are closed. */
  async bringBack(copy: string): Promise<void> {
    await this.stop();
    rmSync(this.path('records'), { recursive: true, force: true });
    cpSync(this.path(copy), this.path('records'), { recursive: true });
    await this.start();
  }

  /** What an operator does with a copy, and two persons then. */
  async restore(copy: string): Promise<void> {
    await this.bringBack(copy);
    await this.release();
  }

  /** Checks what was brought back, and puts it into service. */
  async release(): Promise<void> {
    await this.app.get(CheckRestored).run(async () => undefined);
    const [first, second] = await this.clients('administrator');
    const asked = await first.post('/api/restored/ask', { reason: 'The disk of the records died last night.' });
    const released = await second.post('/api/restored/release');
    if (asked.status !== 204 || released.status !== 204) throw new Error(JSON.stringify([asked.body, released.body]));
  }

  private async stop(): Promise<void> {
    await this.service?.stop();
    this.service = undefined;
  }

  private path(name: string): string {
    return join(this.directory, name);
  }
}
