import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { DEMO_TIME_ZONE } from '../../src/demo/members.js';
import { addDays, Clock } from '../../src/platform/clock.js';
import type { BenchResult, Rounds, Row } from '../measure.js';
import { makeBucketsOf } from '../service/fill-keys.js';
import { withService, type Served } from '../service/served.js';
import { besideSweep } from './beside-sweep.js';
import { dueOn, fillDue, settle } from './fill-due.js';
import { rewrapMixed } from './mixed.js';
import { deletePlainly, type PlainSeconds } from './plain-delete.js';
import { timedPreview } from './timed-preview.js';
import { timedRun, type TimedRun } from './timed-run.js';

const LIVE_DAYS = 365;
const BESIDE = 100_000;
const MIXED = 100_000;
const PREVIEWED = 100_000;

/** The last leaves a hold behind that keeps what it shows. */
const PARTS = ['mixed', 'beside', 'sizes', 'preview'] as const;
type Part = (typeof PARTS)[number];

/**
 * Everything of so many intakes due at once, in one site with a year of live buckets: how long until nothing opens, and how long
 * the sweep takes beside a plain DELETE of the same rows; then what preparers notice of a sweep, and a bucket that is mixed.
 */
export function purge(rounds: Rounds, sizes: readonly number[], parts: readonly string[] = PARTS): Promise<BenchResult> {
  return withService(async (served) => {
    const today = Clock.system().today(DEMO_TIME_ZONE);
    await makeBucketsOf(served, CLASSES_FROM_THE_START, Array.from({ length: LIVE_DAYS }, (_, i) => addDays(today, i + 1)));
    const largest = Math.max(...sizes);
    const results: PartResult[] = [];
    for (const part of PARTS.filter((name) => parts.includes(name))) {
      results.push(await PART_OF[part](served, { rounds, sizes, largest }));
    }
    return {
      bench: 'purge',
      ratios: Object.assign({}, ...results.map(({ ratios }) => ratios)) as BenchResult['ratios'],
      rows: results.flatMap(({ rows }) => rows),
    };
  });
}

interface Scale {
  readonly rounds: Rounds;
  readonly sizes: readonly number[];
  readonly largest: number;
}

type PartResult = Pick<BenchResult, 'ratios' | 'rows'>;

const PART_OF: Readonly<Record<Part, (served: Served, scale: Scale) => Promise<PartResult>>> = {
  mixed: async (served, { largest }) => ({ ratios: {}, rows: [said(await rewrapMixed(served, Math.min(largest, MIXED)))] }),
  beside: async (served, { largest, rounds }) => {
    const { search, form, rows } = await besideSweep(served, Math.min(largest, BESIDE), rounds);
    return { ratios: { searchDuringSweep: search, formDuringSweep: form }, rows: rows.map(said) };
  },
  sizes: bySize,
  preview: async (served, { largest }) => ({ ratios: {}, rows: [said(await timedPreview(served, Math.min(largest, PREVIEWED)))] }),
};

interface Figures extends TimedRun, PlainSeconds {
  readonly sweepMicrosecondsEach: number;
  readonly [figure: string]: number;
}

async function bySize(served: Served, { sizes, largest }: Scale): Promise<PartResult> {
  const measured: Figures[] = [];
  const rows: Row[] = [];
  for (const size of sizes) {
    const figures = await sizeOf(served, size);
    measured.push(figures);
    rows.push(said({ name: `${size} intakes due`, ...figures }));
  }
  const [first, last] = [measured[0]!, measured.at(-1)!];
  const names = largest === 1_000_000 ? ['accessEndSecondsMillion', 'accessEndMillionVsThousand'] : ['accessEndSeconds', 'accessEndGrowth'];
  return {
    ratios: {
      [names[0]!]: last.accessEnd,
      [names[1]!]: last.accessEnd / first.accessEnd,
      sweepVsDelete: last.sweep / last.plain,
      sweepVsDeleteAtOnce: last.sweep / last.bothAtOnce,
      sweepVsDeleteProcessor: last.sweepProcessor / last.plainProcessor,
    },
    rows,
  };
}

/** A row as it comes: the largest take their time. */
function said(row: Row): Row {
  process.stderr.write(`${JSON.stringify(row)}\n`);
  return row;
}

async function sizeOf(served: Served, size: number): Promise<Figures> {
  const due = await dueOn(served, size, Clock.system().today(DEMO_TIME_ZONE));
  await settle(served);
  const plain = await deletePlainly(served, due);
  await fillDue(served, due);
  await settle(served);
  const run = await timedRun(served);
  return { ...run, ...plain, sweepMicrosecondsEach: (run.sweep * 1e6) / size };
}
