import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The service under test, in another process. */
export interface Served {
  /** Of its process. */
  readonly pid: number;
  readonly port: number;
  /** A preparer's. */
  readonly token: string;
  /** An administrator's. */
  readonly administrator: string;
  /** An auditor's. */
  readonly auditor: string;
  /** As the owners of the schemas: to load many intakes fast. */
  readonly records: string;
  readonly keys: string;
  readonly secrets: string;
}

/** Runs work beside a service that is started for it and ends with it. */
export async function withService<T>(work: (served: Served) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [...profiling(), join(import.meta.dirname, 'serve.js')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  try {
    const line = await Promise.race([once(child.stdout, 'data').then(([chunk]) => String(chunk)), exited.then(() => undefined)]);
    if (line === undefined) throw new Error('the service did not start');
    return await work(JSON.parse(line) as Served);
  } finally {
    child.stdin.end();
    await exited;
  }
}

/** THINFILE_BENCH_PROFILE=directory leaves a CPU profile of the service there. */
function profiling(): string[] {
  const directory = process.env['THINFILE_BENCH_PROFILE'];
  return directory ? ['--cpu-prof', `--cpu-prof-dir=${directory}`] : [];
}
