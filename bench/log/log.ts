import type { BenchResult, Rounds } from '../measure.js';
import { appends } from './append.js';
import { pages } from './pages.js';
import { questions } from './questions.js';
import { root } from './root.js';
import { verify } from './verify.js';

const PARTS = ['append', 'verify', 'root', 'questions', 'pages'];

/**
 * What the access log costs those who write into it (`append`) and those who check it: the whole log in its database and as an export (`verify`), a
 * tree's root from its leaves (`root`), what auditors ask of it (`questions`), and their pages (`pages`). The largest size counts; of the last two it is 10⁵.
 */
export async function log(rounds: Rounds, sizes: readonly number[], parts: readonly string[] = PARTS): Promise<BenchResult> {
  const entries = Math.max(...sizes);
  const appended = parts.includes('append') ? await appends(rounds) : undefined;
  const verified = parts.includes('verify') ? await verify(entries) : undefined;
  const rooted = parts.includes('root') ? root(entries, rounds) : undefined;
  const asked = parts.includes('questions') ? await questions(Math.min(entries, 100_000)) : undefined;
  const seen = parts.includes('pages') ? await pages(Math.min(entries, 100_000)) : undefined;
  const { rows = [], ...ratios } = appended ?? {};
  return {
    bench: 'log',
    ratios: {
      ...ratios,
      ...(verified ? { verifyOfPlain: verified.ratio, verifyPerSecond: verified.perSecond, verifyExportPerSecond: verified.exportPerSecond, verifyMegabytes: verified.megabytes } : {}),
      ...(asked?.longest ?? {}),
      ...(seen ? { longestPageMs: seen.longestMs } : {}),
      ...(rooted ? { rootVsCreateHash: rooted.ratio } : {}),
    },
    rows: [...rows, ...(verified?.rows ?? []), ...(rooted?.rows ?? []), ...(asked?.rows ?? []), ...(seen?.rows ?? [])],
  };
}
