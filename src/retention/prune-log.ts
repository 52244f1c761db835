import type { AccessLog } from '../audit/append-entry.js';
import type { PrunedBundle } from '../audit/entry-parts.js';
import { giveRoomBack } from '../audit/give-room-back.js';
import { prunePage, type PartAges, type PrunedPage, type SparedParts } from '../audit/prune-parts.js';
import { addDays, day, type Day } from '../platform/clock.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { holdsInForce } from '../vault/holds.js';
import type { KeyStore } from '../vault/key-store.js';
import { lockHolds } from '../vault/hold-lock.js';
import { inForce, policySchedule } from './policy-schedule.js';

/** Bundles that one entry tells of. */
const BUNDLES_TOLD = 64;

/**
 * Deletes the parts of the log's entries that are older than the policy in force keeps them, and auditors' notes with theirs, and says so in an entry. What a legal hold
 * names stays, with all entries of its site; one that names no site and no intakes keeps all there are.
 * @param today the earliest of the sites' days
 * @returns how many entries lost their parts
 */
export async function pruneLog(records: RecordsDatabase, keyStore: KeyStore, log: AccessLog, today: Day): Promise<number> {
  let total = 0;
  for (let after: number | undefined = 0; after !== undefined; ) {
    const { last, pruned }: PrunedPage = await records.acrossSites((tx) => onePage(tx, keyStore, log, today, after!));
    total += pruned;
    after = last;
  }
  if (total === 0) return 0;
  await records.acrossSites((tx) => tx.query('SELECT prune_log_reviews()'));
  await giveRoomBack(records);
  return total;
}

/** A hold that is being placed is either seen here, or comes when the page is gone. */
async function onePage(tx: RecordsTx, keyStore: KeyStore, log: AccessLog, today: Day, after: number): Promise<PrunedPage> {
  await lockHolds(tx);
  const spared = await sparedByHolds(keyStore);
  if (spared === 'everything') return { last: undefined, pruned: 0, bundles: [] };
  const { entriesMonths, certificatesYears } = inForce(await policySchedule(tx), today).log;
  // The day itself is not over everywhere.
  const yesterday = addDays(today, -1);
  const [entries, certificates] = [monthsBefore(yesterday, entriesMonths), monthsBefore(yesterday, certificatesYears * 12)];
  const ages: PartAges = { entriesBefore: startOf(entries), certificatesBefore: startOf(certificates) };
  const page = await prunePage(tx, after, ages, spared);
  for (const [i, bundles] of inEntries(page).entries()) {
    const counts = { entries: i === 0 ? page.pruned : 0 };
    await log.append(tx, { kind: 'log.pruned', actor: { system: 'run' }, subject: {}, context: { day: entries, certificatesDay: certificates, counts, bundles } });
  }
  return page;
}

/** An entry is read whole: as a rule one tells of all of a page, several where little was pruned in each of many bundles. */
function inEntries({ pruned, bundles }: PrunedPage): readonly (readonly PrunedBundle[])[] {
  if (pruned === 0) return [];
  return Array.from({ length: Math.max(1, Math.ceil(bundles.length / BUNDLES_TOLD)) }, (_, i) => bundles.slice(i * BUNDLES_TOLD, (i + 1) * BUNDLES_TOLD));
}

async function sparedByHolds({ database }: KeyStore): Promise<SparedParts | 'everything'> {
  const holds = await database.transaction(holdsInForce);
  const wide = holds.filter(({ scope }) => !scope.intakes);
  if (wide.some(({ scope }) => scope.site === undefined)) return 'everything';
  return { sites: [...new Set(wide.map(({ scope }) => scope.site!))], intakes: [...new Set(holds.flatMap(({ scope }) => scope.intakes ?? []))] };
}

/** The same day of that month, or its last one. Pure. */
export function monthsBefore(from: Day, months: number): Day {
  const [year, month, dayOfMonth] = from.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  const date = new Date(Date.UTC(year, month - 1 - months, Math.min(dayOfMonth, last)));
  return day(date.toISOString().slice(0, 10));
}

function startOf(text: Day): Date {
  return new Date(`${text}T00:00:00Z`);
}
