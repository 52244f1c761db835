import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { DEMO_TIME_ZONE } from '../../src/demo/members.js';
import { addDays, Clock } from '../../src/platform/clock.js';
import type { BenchResult, Rounds, Row } from '../measure.js';
import { makeBucketsOf } from '../service/fill-keys.js';
import { withService, type Served } from '../service/served.js';
import { besideSweep } from './beside-sweep.js';
import { fillDue, settle } from './fill-due.js';
import { rewrapMixed } from './mixed.js';
import { copyTables, deletePlainly, type PlainSeconds } from './plain-delete.js';
import { timedRun, type TimedRun } from './timed-run.js';

const LIVE_DAYS = 365;
const BESIDE = 100_000;
const MIXED = 100_000;

/**
 * Everything of so many intakes due at once, in one site with a year of live buckets: how long until nothing opens, and how long
 * the sweep takes beside a plain DELETE of the same rows; then what preparers notice of a sweep, and a bucket that is mixed.
 */
export function purge(rounds: Rounds, sizes: readonly number[]): Promise<BenchResult> {
  return withService(async (served) => {
    const today = Clock.system().today(DEMO_TIME_ZONE);
    await makeBucketsOf(served, CLASSES_FROM_THE_START, Array.from({ length: LIVE_DAYS }, (_, i) => addDays(today, i + 1)));
    const largest = Math.max(...sizes);
    const mixed = said(await rewrapMixed(served, Math.min(largest, MIXED)));
    const beside = await besideSweep(served, Math.min(largest, BESIDE), rounds);
    beside.rows.forEach(said);
    const measured: (readonly [number, PlainSeconds & TimedRun])[] = [];
    for (const size of sizes) {
      const figures = await sizeOf(served, size);
      said({ name: `${size} intakes due`, ...figures });
      measured.push([size, figures]);
    }
    const [[, first], [, last]] = [measured[0]!, measured.at(-1)!];
    const names = largest === 1_000_000 ? ['accessEndSecondsMillion', 'accessEndMillionVsThousand'] : ['accessEndSeconds', 'accessEndGrowth'];
    return {
      bench: 'purge',
      ratios: {
        [names[0]!]: last.accessEnd,
        [names[1]!]: last.accessEnd / first.accessEnd,
        sweepVsDelete: last.sweep / last.plain,
        sweepVsDeleteAtOnce: last.sweep / last.bothAtOnce,
        searchDuringSweep: beside.search,
        formDuringSweep: beside.form,
      },
      rows: [...measured.map(([size, figures]): Row => ({ name: `${size} intakes due`, ...figures })), ...beside.rows, mixed],
    };
  });
}

/** A row as it comes: the largest take their time. */
function said(row: Row): Row {
  process.stderr.write(`${JSON.stringify(row)}\n`);
  return row;
}

async function sizeOf(served: Served, size: number): Promise<PlainSeconds & TimedRun> {
  await fillDue(served, size, Clock.system().today(DEMO_TIME_ZONE));
  await settle(served);
  await copyTables(served);
  const plain = await deletePlainly(served);
  await settle(served);
  return { ...(await timedRun(served)), ...plain };
}
