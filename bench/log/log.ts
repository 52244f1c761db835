import type { BenchResult, Rounds } from '../measure.js';
import { root } from './root.js';
import { verify } from './verify.js';

/** The largest size counts. Parts: `root`, a tree's root from its leaves; `verify`, the whole log in its database. */
export async function log(rounds: Rounds, sizes: readonly number[], parts: readonly string[] = ['verify', 'root']): Promise<BenchResult> {
  const entries = Math.max(...sizes);
  const verified = parts.includes('verify') ? await verify(entries) : undefined;
  const rooted = parts.includes('root') ? root(entries, rounds) : undefined;
  return {
    bench: 'log',
    ratios: {
      ...(verified ? { verifyOfPlain: verified.ratio, verifyPerSecond: verified.perSecond, verifyMegabytes: verified.megabytes } : {}),
      ...(rooted ? { rootOfCreateHash: rooted.ratio } : {}),
    },
    rows: [...(verified?.rows ?? []), ...(rooted?.rows ?? [])],
  };
}
