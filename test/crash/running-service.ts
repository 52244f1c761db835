import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, 'service-process.js');

export interface Answer {
  readonly status: number;
  readonly body: ReturnType<typeof JSON.parse>;
}

/** The process ended before it answered: whatever was asked of it is not acknowledged. */
export class Died extends Error {
  override readonly name = 'Died';
}

/** A service process that has loaded its code and waits to be started, so that starts after a crash are fast. */
export class LoadedService {
  private text = '';
  private readonly child: ChildProcess;
  readonly ended: Promise<unknown>;

  /** @param before a command that ends by becoming the one that is given to it */
  constructor(before: readonly string[] = []) {
    const [program, ...args] = [...before, process.execPath, PROGRAM];
    this.child = spawn(program!, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout!, this.child.stderr!]) stream.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    this.child.stdin!.on('error', () => undefined);
    this.ended = once(this.child, 'exit');
  }

  /** @throws Died, with what it printed, when it ends before it listens */
  async start(what: object): Promise<RunningService> {
    this.child.stdin!.write(`${JSON.stringify(what)}\n`);
    const [, url, link] = await this.said(/^at (\S+)(?: (\S+))?$/m);
    return new RunningService(this, url!, link);
  }

  /** Runs a shell command where the service is, among its file systems. @returns its exit status */
  async run(command: string): Promise<number> {
    const sofar = this.text.split('\nran ').length;
    this.child.stdin!.write(`${JSON.stringify({ run: command })}\n`);
    const found = await this.said(new RegExp(`(?:\\nran [^]*?){${sofar - 1}}\\nran .*: (\\d+)$`, 'm'));
    return Number(found[1]);
  }

  get pid(): number {
    return this.child.pid!;
  }

  get printed(): string {
    return this.text;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }

  private async said(pattern: RegExp): Promise<RegExpExecArray> {
    let over = false;
    void this.ended.then(() => (over = true));
    for (;;) {
      const match = pattern.exec(this.text);
      if (match) return match;
      if (over) throw new Died(this.text);
      await Promise.race([once(this.child.stdout!, 'data'), this.ended]);
    }
  }
}

let spare: LoadedService | undefined;

/** One that has loaded already, while the test was busy with something else. */
export function nextService(): LoadedService {
  const next = spare ?? new LoadedService();
  spare = new LoadedService();
  return next;
}

/** For the end of a test file. */
export async function dropSpare(): Promise<void> {
  await spare?.end('SIGKILL');
  spare = undefined;
}

export class RunningService {
  constructor(
    readonly process: LoadedService,
    readonly url: string,
    /** To set the service up, when nobody has. */
    readonly link: string | undefined,
  ) {}

  /** @param dieAt see kill-at.js @throws Died */
  async ask(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, token?: string, dieAt?: string): Promise<Answer> {
    const headers = {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(dieAt ? { 'x-die-at': dieAt } : {}),
    };
    try {
      const response = await fetch(this.url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    } catch (error) {
      if ((error as Error).name !== 'TypeError') throw error; // what fetch calls a connection that broke
      await this.process.ended;
      throw new Died(this.process.printed);
    }
  }
}
