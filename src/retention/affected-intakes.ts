import { SEASON_ENDS, seasonEndFor, type SeasonEnds } from '../access/season-end.js';
import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import { day, type Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { BUCKETS_WITH_HOLDS, heldInSql, holdKindsSql, type HoldKind } from '../vault/hold-scope.js';
import type { KeyStore } from '../vault/key-store.js';
import { classesOf } from './due-days.js';
import { dueReason, reasonFor, type DueReason } from './due-reasons.js';
import { FACTS_OF_INTAKE } from './facts-in-records.js';
import type { PolicySchedule } from './policy-schedule.js';

const PAGE = 50;

/** A class of an intake that is due by the day asked for, and why. */
export interface AffectedClass {
  readonly class: RetentionClass;
  readonly due: Day;
  readonly reason: DueReason;
  /** By what holds name it that keep it; empty: it is destroyed. */
  readonly heldBy: readonly HoldKind[];
}

export interface AffectedIntake {
  readonly id: string;
  readonly classes: readonly AffectedClass[];
}

/** In how many intakes something is destroyed, and in how many something due is kept by a hold; one can be among both. */
export interface AffectedCounts {
  readonly destroyed: number;
  readonly held: number;
}

export interface AffectedPage {
  readonly counts: AffectedCounts;
  readonly intakes: readonly { readonly id: string; readonly classes: readonly Omit<AffectedClass, 'reason'>[] }[];
  /** Hand it back for the next page; absent on the last. */
  readonly next?: string;
}

/**
 * Fifty intakes of which something is due: what goes first comes first, what is only held comes last. With how many there are in all, in
 * the same pass: it is the looking that takes time.
 * @param counted the classes that the counts are of; the list is of all
 * @throws Refusal INVALID_INPUT for a cursor that is not one
 */
export async function readAffected(
  { database }: KeyStore,
  siteId: string,
  on: Day,
  cursor: string | undefined,
  counted: readonly RetentionClass[],
): Promise<AffectedPage> {
  const [afterDay, afterId] = cursorValue(cursor);
  const rows = await database.transaction((tx) => tx.query<Found>(AFFECTED, [siteId, on, counted, afterDay, afterId]), ROOM_FOR_ALL);
  const { destroyed, held } = rows[0]!;
  const found = rows.flatMap(({ id, first }) => (id === null || first === null ? [] : [{ id, first }]));
  const page = found.slice(0, PAGE);
  const classes = await dueClasses(database, siteId, on, page.map(({ id }) => id));
  const intakes = page.map(({ id }) => ({ id, classes: classes.filter((row) => row.intake_id === id).map(withoutId) }));
  const next = found.length > PAGE ? { next: `${page.at(-1)!.first}.${page.at(-1)!.id}` } : {};
  return { counts: { destroyed, held }, intakes, ...next };
}

/** Works out, from the intakes' own rows, why each class is due. One statement for all of them. */
export async function explain(tx: RecordsTx, policies: PolicySchedule, { intakes }: AffectedPage): Promise<readonly AffectedIntake[]> {
  const rows = await tx.query<Facts>(FACTS, [intakes.map(({ id }) => id)]);
  const facts = new Map(rows.map((row) => [row.id, row]));
  return intakes.map(({ id, classes }) => {
    const row = facts.get(id);
    const limit = (name: RetentionClass) => row && classesOf(row).includes(name) ? dueReason(policies, name, row, seasonEndFor(row, row)) : undefined;
    return { id, classes: classes.map((one) => ({ ...one, reason: reasonFor(one.due, limit(one.class)) })) };
  });
}

interface Facts extends IntakeFacts, SeasonEnds {
  readonly id: string;
}

const FACTS = `
  SELECT i.id, ${FACTS_OF_INTAKE}, ${SEASON_ENDS}
  FROM intake i JOIN site s ON s.id = i.site_id WHERE i.id = ANY ($1::uuid[])`;

/** Sorts after every day that is asked for. */
const LAST = day('9999-12-31');

interface Found extends AffectedCounts {
  /** Both null in the one row of a page without intakes. */
  readonly id: string | null;
  readonly first: Day | null;
}

/** Each intake once, from a single pass over the site's shares that open and are due by the day. */
const AFFECTED = `
  WITH affected AS MATERIALIZED (
    SELECT intake_id, coalesce(min(due_day) FILTER (WHERE NOT held), '${LAST}') AS first,
      bool_or(NOT held AND is_counted) AS goes, bool_or(held AND is_counted) AS stays
    FROM (
      SELECT s.intake_id, s.due_day, ${heldInSql('b', 's')} AS held, s.class = ANY ($3::text[]) AS is_counted
      FROM ${BUCKETS_WITH_HOLDS} b JOIN life_share s ON s.bucket_id = b.id WHERE b.site_id = $1 AND s.due_day <= $2) due
    GROUP BY intake_id
  ), counts AS (
    SELECT count(*) FILTER (WHERE goes)::integer AS destroyed, count(*) FILTER (WHERE stays)::integer AS held FROM affected
  ), page AS (
    SELECT intake_id AS id, first FROM affected WHERE (first, intake_id) > ($4::date, $5::uuid) ORDER BY first, intake_id LIMIT ${PAGE + 1}
  )
  SELECT counts.destroyed, counts.held, page.id, page.first FROM counts LEFT JOIN page ON true ORDER BY page.first, page.id`;

/** One row for each of 10⁵ intakes, and no file of the server's for it. */
const ROOM_FOR_ALL = `SET LOCAL work_mem = '64MB'`;

type ClassRow = Omit<AffectedClass, 'reason'> & { readonly intake_id: string };

function dueClasses(database: KeyStore['database'], siteId: string, on: Day, ids: readonly string[]): Promise<ClassRow[]> {
  return database.query<ClassRow>(
    `SELECT s.intake_id, s.class, s.due_day AS due, ${holdKindsSql('s')} AS "heldBy"
     FROM life_share s JOIN bucket b ON b.id = s.bucket_id
     WHERE s.site_id = $1 AND s.due_day <= $2 AND s.intake_id = ANY ($3::uuid[]) ORDER BY s.due_day, s.class`,
    [siteId, on, ids],
  );
}

function withoutId({ class: name, due, heldBy }: ClassRow): Omit<AffectedClass, 'reason'> {
  return { class: name, due, heldBy };
}

const FIRST = { day: day('0001-01-01'), id: '00000000-0000-0000-0000-000000000000' };

function cursorValue(cursor: string | undefined): readonly [Day, string] {
  if (cursor === undefined) return [FIRST.day, FIRST.id];
  const [, from, id] = /^(\d{4}-\d{2}-\d{2})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? [];
  try {
    return [day(from ?? ''), id!];
  } catch {
    throw new Refusal('INVALID_INPUT', 'This is not a page of the list.', { fields: ['cursor'] });
  }
}
