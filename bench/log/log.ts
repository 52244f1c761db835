import type { BenchResult, Rounds } from '../measure.js';
import { appends } from './append.js';

/** What the access log costs those who write into it. */
export async function log(rounds: Rounds): Promise<BenchResult> {
  const { rows, ...ratios } = await appends(rounds);
  return { bench: 'log', ratios, rows };
}
