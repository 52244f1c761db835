import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import type { DatabaseUrls } from '../../src/platform/settings.js';

export const EMBEDDED_PROCESS = join(import.meta.dirname, 'embedded-process.js');

export interface EmbeddedProcess {
  readonly child: ChildProcess;
  readonly records: DatabaseUrls;
  readonly keys: DatabaseUrls;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Runs the embedded servers in a process of its own. @throws Error with what the process said when it ended instead */
export async function startEmbedded(dataDirectory: string, attach = false, options: SpawnOptions = {}): Promise<EmbeddedProcess> {
  const child = spawn(process.execPath, [EMBEDDED_PROCESS, dataDirectory, attach ? 'attach' : ''], { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const line = await Promise.race([once(child.stdout!, 'data').then(([chunk]) => String(chunk)), exited.then(() => undefined)]);
  if (line === undefined) throw new Error(said);
  return {
    child,
    ...(JSON.parse(line) as { records: DatabaseUrls; keys: DatabaseUrls }),
    stop: async () => {
      child.stdin!.end();
      await exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** One statement on a connection of its own. */
export async function ask<T = Record<string, unknown>>(url: string, sql: string, parameters: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // a server that dies fails the query under way
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows as T[];
  } finally {
    await client.end();
  }
}
