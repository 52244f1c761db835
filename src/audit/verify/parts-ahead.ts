import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { bundlesOf, committedParts, type CommittedParts } from './committed-parts.js';

/** Bundles that are gone through before they are asked for. */
const AHEAD = 8;

/** What the disclosed parts of an export commit to, bundle by bundle from the first; undefined of one that has none. */
export interface PartsAhead {
  next(): Promise<CommittedParts | undefined>;
  close(): Promise<void>;
}

/** Each when it is asked for. */
export function partsInTurn(directory: string, size: number): PartsAhead {
  let number = 0;
  return { next: async () => committedParts(directory, size, number++), close: async () => undefined };
}

/** In a thread of its own, some bundles ahead of the caller. @param module of the thread */
export function partsInThread(directory: string, size: number, module = new URL('./parts-thread.js', import.meta.url)): PartsAhead {
  const thread = new Worker(module, { workerData: { directory, size } });
  const answers = on(thread, 'message', { close: ['exit'] }) as AsyncIterator<[CommittedParts | undefined], undefined>;
  let asked = 0;
  const ask = (): void => {
    if (asked < bundlesOf(size)) thread.postMessage(asked++);
  };
  for (let ahead = 0; ahead < AHEAD; ahead++) ask();
  return {
    next: async () => {
      const { value: answer } = await answers.next();
      if (!answer) throw new Error('The thread that hashes the disclosed parts has ended.');
      ask();
      return answer[0];
    },
    close: async () => void (await thread.terminate()),
  };
}
