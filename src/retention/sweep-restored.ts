import { SEASON_ENDS, seasonEndFor, type SeasonEnds } from '../access/season-end.js';
import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { KeyStore } from '../vault/key-store.js';
import { tryDeadShares, type DeadClass } from '../vault/try-dead-shares.js';
import { deleteSections, layTombstones, type DeadSection } from './clear-sections.js';
import { FACTS_OF_INTAKE } from './facts-in-records.js';
import { policySchedule, scheduledDays, type PolicySchedule } from './policy-schedule.js';
import type { Progress } from './sweep-dead.js';

const BATCH = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Something that should be dead is not. The key store was changed by hand: nothing is to be swept, and nothing released, before a person has looked. */
export class DeadOpened extends Error {
  override readonly name = 'DeadOpened';

  constructor(opened: readonly DeadClass[], of: number) {
    const named = opened.slice(0, 10).map(({ intakeId, class: name }) => `intake ${intakeId}, ${name}`);
    super(
      `NOT DESTROYED: ${opened.length} of ${of} sealed sections whose bucket is gone CAN BE OPENED with a key that the key store still has: ` +
        `${named.join('; ')}${opened.length > named.length ? ' and more' : ''}. Somebody changed the key store. They were not swept, and the records stay closed.`,
    );
  }
}

export interface SweptRecords {
  /** Sealed sections whose keys are gone, and intakes of which nothing was left. */
  readonly sections: number;
  readonly intakes: number;
  /** Shares of those sections that the key store still had: each was tried with every key of its site and class, and did not open. */
  readonly sharesTried: number;
  /** Intakes of which something can still be opened. */
  readonly living: number;
}

interface StoredSections extends IntakeFacts, SeasonEnds {
  readonly id: string;
  readonly destroyed: Partial<Record<RetentionClass, Day>>;
  readonly classes: readonly RetentionClass[];
}

/**
 * Clears out of restored records what died since they were copied. The nightly sweep finds dead rows by the key store's dead
 * shares, and those went with that sweep long ago; so here every section of the records is looked for in the key store. One
 * that has no living bucket there opens nowhere: a section's share is made before it and outlives it.
 * Twice does no harm.
 * @throws DeadOpened before any of a batch is swept
 */
export async function sweepRestored(records: RecordsDatabase, keyStore: KeyStore, today: Day, progress: Progress): Promise<SweptRecords> {
  const [{ total }] = (await records.acrossSites((tx) => tx.query('SELECT count(*)::integer AS total FROM intake'))) as [{ total: number }];
  const swept = { sections: 0, intakes: 0, sharesTried: 0, living: 0 };
  let done = 0;
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    const batch: BatchSwept = await records.acrossSites((tx) => sweepBatch(tx, keyStore, after!, today));
    swept.sections += batch.sections;
    swept.intakes += batch.intakes;
    swept.sharesTried += batch.sharesTried;
    swept.living += batch.living;
    done += batch.intakes + batch.living;
    after = batch.last;
    await progress(Math.min(done, total), total);
  }
  return swept;
}

type BatchSwept = SweptRecords & { readonly last: string | undefined };

async function sweepBatch(tx: RecordsTx, keyStore: KeyStore, after: string, today: Day): Promise<BatchSwept> {
  const intakes = await tx.query<StoredSections>(STORED, [after, BATCH]);
  const ids = intakes.map(({ id }) => id);
  const alive = await livingClasses(keyStore, ids);
  const policies = await policySchedule(tx);
  const dead = intakes.flatMap((intake) => deadOf(intake, alive.get(intake.id) ?? new Set(), policies, today));
  const over = ids.filter((id) => !alive.has(id));
  const { tried, opened } = await keyStore.transaction((store) => tryDeadShares(store, dead.map((one) => ({ intakeId: one.intake_id, class: one.class }))));
  if (opened.length > 0) throw new DeadOpened(opened, dead.length);
  await deleteSections(tx, dead);
  await layTombstones(tx, over.map((intakeId) => ({ intakeId })));
  return { sections: dead.length, intakes: over.length, sharesTried: tried, living: ids.length - over.length, last: ids.at(-1) };
}

function deadOf(intake: StoredSections, alive: ReadonlySet<RetentionClass>, policies: PolicySchedule, today: Day): DeadSection[] {
  const expected = scheduledDays(policies, intake, seasonEndFor(intake, intake));
  return intake.classes
    .filter((name) => !alive.has(name))
    .map((name) => ({ intake_id: intake.id, class: name, day: intake.destroyed[name] ?? earlier(expected.get(name) ?? today, today) }));
}

/** The restored row may not know that the intake ended early: whatever its arithmetic says, it is gone by today. */
function earlier(one: Day, other: Day): Day {
  return one < other ? one : other;
}

async function livingClasses(keyStore: KeyStore, ids: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<RetentionClass>>> {
  const rows = await keyStore.database.query<{ intake_id: string; classes: RetentionClass[] }>(
    `SELECT s.intake_id, array_agg(s.class) AS classes FROM life_share s JOIN bucket b ON b.id = s.bucket_id
     WHERE s.intake_id = ANY ($1::uuid[]) GROUP BY s.intake_id`,
    [ids],
  );
  return new Map(rows.map(({ intake_id, classes }) => [intake_id, new Set(classes)]));
}

const STORED = `
  SELECT i.id, ${FACTS_OF_INTAKE}, i.destroyed, ${SEASON_ENDS}, ARRAY(SELECT class FROM section WHERE intake_id = i.id) AS classes
  FROM intake i JOIN site s ON s.id = i.site_id WHERE i.id > $1 ORDER BY i.id LIMIT $2 FOR UPDATE OF i`;
