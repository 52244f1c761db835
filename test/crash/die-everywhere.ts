import { Died, type Answer } from './running-service.js';

/** `npm run test:crash`: dies everywhere. `npm test` has not the time: a start after each death takes two seconds. */
export const EVERYWHERE = process.env['THINFILE_CRASH'] === 'every';

/**
 * Where to die (see kill-at.js). Between two of the few, nothing changes that outlives the process: a statement that is not
 * committed is as if it had not been.
 */
const KINDS = EVERYWHERE ? 'statement,commit,sent,answered,before,file,torn' : 'sent,file,torn';

/** As long as it takes. */
export const CRASH_TIMEOUT_MS = EVERYWHERE ? 3 * 3_600_000 : 600_000;

export interface Restarts {
  /** Starts what has died, with nothing done by hand. */
  restart(): Promise<unknown>;
}

export interface Act<T> {
  readonly name: string;
  /** Of the few places, only each so-manieth is taken: for acts with dozens of them. */
  readonly stride?: number;
  /** Makes what one try needs. */
  readonly prepare: () => Promise<T>;
  /** On the process that dies. `dieAt` goes with the request, or the start, that is the act. */
  readonly run: (given: T, dieAt: string) => Promise<Answer>;
  /** What must hold afterwards: with the answer, or without one once the process has been started again. */
  readonly check: (given: T, answer: Answer | undefined) => Promise<void>;
}

/**
 * Does the act again and again, dying one boundary later each time and starting again, until it comes through.
 * @returns where it died, in order
 */
export async function dieEverywhere<T>(world: Restarts, act: Act<T>): Promise<readonly string[]> {
  const deaths: string[] = [];
  for (let at = 1; ; at += EVERYWHERE ? 1 : (act.stride ?? 1)) {
    const given = await act.prepare();
    const answer = await attempt(world, deaths, () => act.run(given, `${at} ${KINDS}`));
    try {
      await act.check(given, answer);
    } catch (error) {
      throw new Error(`${act.name}: ${answer ? 'came through' : `died at ${at}: ${deaths.at(-1)}`}`, { cause: error });
    }
    if (answer) break;
  }
  if (EVERYWHERE) process.stdout.write(`${act.name}: died at ${deaths.length} boundaries, no violation\n`);
  return deaths;
}

async function attempt(world: Restarts, deaths: string[], run: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Died)) throw error;
    const [, where] = /^died (.*)$/m.exec(error.message) ?? [];
    if (!where) throw new Error(`the process ended, and not where it was told to: ${error.message}`, { cause: error });
    deaths.push(where);
    await world.restart();
    return undefined;
  }
}
