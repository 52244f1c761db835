import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Response, Test } from 'supertest';
import type { SignedInMember } from '../../src/demo/members.js';
import { Settings } from '../../src/platform/settings.js';
import { talkativePostgres, type Superusers } from './talkative-postgres.js';
import { apiClient, type ApiClient } from './test-service.js';
import { WebVisitor } from './web-visitor.js';

const PROGRAM = join(import.meta.dirname, 'planted-process.js');
const START = Date.parse('2027-02-01T17:00:00Z');
const DAY_MS = 86_400_000;

interface Message {
  readonly url?: string;
  readonly members?: readonly SignedInMember[];
}

/** The service as it is run: a process of its own, on PostgreSQL servers that say all they can, in a directory that can be searched whole. */
export class PlantedService {
  url = '';
  members: readonly SignedInMember[] = [];
  superusers!: Superusers;
  /** Every address of a page that was asked for, and the headers of every answer, one line each. */
  readonly trail: string[] = [];
  private moved = 0;
  private said = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  private constructor(readonly directory: string) {
    mkdirSync(this.temporary, { mode: 0o777 });
    this.writeClock();
    const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const;
    this.child = spawn(process.execPath, [PROGRAM, directory, this.clockFile], { stdio: [...stdio], env: { ...process.env, TMPDIR: this.temporary } });
    for (const stream of [this.child.stdout!, this.child.stderr!]) stream.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    this.ended = once(this.child, 'close');
  }

  static async start(): Promise<PlantedService> {
    const planted = new PlantedService(mkdtempSync(join(tmpdir(), 'thinfile-promise-11-')));
    planted.url = (await planted.hear()).url!;
    planted.superusers = await talkativePostgres(new Settings({ dataDirectory: planted.directory }));
    await planted.signIn();
    await planted.as('administrator').patch('/api/site', { collectCredentials: true, collectNotes: true });
    return planted;
  }

  /** Everything that it printed, on both streams; whole once it has been stopped. */
  get printed(): string {
    return this.said;
  }

  /** What it writes into the temporary directory is here. */
  get temporary(): string {
    return join(this.directory, 'temporary');
  }

  as(role: string): ApiClient {
    const { get, post, patch } = apiClient(this.url, this.tokenOf(role));
    const noted = (test: Test): Test => test.on('response', ({ headers }: Response) => void this.trail.push(JSON.stringify(headers)));
    return { get: (path) => noted(get(path)), post: (path, body) => noted(post(path, body)), patch: (path, body) => noted(patch(path, body)) };
  }

  window(role: string): WebVisitor {
    return new WebVisitor(this.url, this.tokenOf(role), this.trail);
  }

  tokenOf(role: string): string {
    return this.members.find((member) => member.role === role)!.token;
  }

  async anotherDay(days: number): Promise<void> {
    this.moved += days * DAY_MS;
    this.writeClock();
    await this.signIn();
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
  }

  clear(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async signIn(): Promise<void> {
    this.child.send('sign in');
    this.members = (await this.hear()).members!;
  }

  /** @throws Error with what it printed, when it ends instead */
  private async hear(): Promise<Message> {
    const heard = await Promise.race([once(this.child, 'message'), this.ended.then(() => undefined)]);
    if (!heard) throw new Error(`the service ended: ${this.said}`);
    return (heard as [Message])[0];
  }

  private get clockFile(): string {
    return join(this.directory, 'clock-offset');
  }

  /** Whole: the process must not see half a number. */
  private writeClock(): void {
    writeFileSync(`${this.clockFile}.new`, String(START + this.moved - Date.now()));
    renameSync(`${this.clockFile}.new`, this.clockFile);
  }
}
