import type { BenchResult, Rounds } from '../measure.js';
import { appends } from './append.js';
import { root } from './root.js';
import { verify } from './verify.js';

const PARTS = ['append', 'verify', 'root'];

/**
 * What the access log costs those who write into it (`append`) and those who check it: the whole log in its database (`verify`), a
 * tree's root from its leaves (`root`). The largest size counts.
 */
export async function log(rounds: Rounds, sizes: readonly number[], parts: readonly string[] = PARTS): Promise<BenchResult> {
  const entries = Math.max(...sizes);
  const appended = parts.includes('append') ? await appends(rounds) : undefined;
  const verified = parts.includes('verify') ? await verify(entries) : undefined;
  const rooted = parts.includes('root') ? root(entries, rounds) : undefined;
  const { rows = [], ...ratios } = appended ?? {};
  return {
    bench: 'log',
    ratios: {
      ...ratios,
      ...(verified ? { verifyOfPlain: verified.ratio, verifyPerSecond: verified.perSecond, verifyMegabytes: verified.megabytes } : {}),
      ...(rooted ? { rootOfCreateHash: rooted.ratio } : {}),
    },
    rows: [...rows, ...(verified?.rows ?? []), ...(rooted?.rows ?? [])],
  };
}
