import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const DIST = join(import.meta.dirname, '..', '..', 'dist', 'src');

export interface Spawned {
  readonly child: ChildProcess;
  /** Everything it has printed, on both streams. */
  readonly printed: () => string;
  /** Resolves with the match once it was printed; rejects when the process ends before. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends the signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the built program as a user does: a process of its own, in a directory of its own. */
export function spawnProgram(program: 'main' | 'demo' | 'cli', args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = {}): Spawned {
  const child = spawn(process.execPath, [join(DIST, `${program}.js`), ...args], { cwd, env: { ...process.env, ...environment } });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  return {
    child,
    printed: () => text,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(text);
          if (match) resolve(match);
        };
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
        look();
        void exited.then(() => reject(new Error(`ended before it said ${pattern}:\n${text}`)));
      }),
    end: async (signal) => {
      if (signal) child.kill(signal);
      return (await exited)[0];
    },
  };
}
