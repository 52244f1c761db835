import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import { day, type Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { ANY_HOLD, heldSql, holdKindsSql, type HoldKind } from '../vault/hold-scope.js';
import type { KeyStore } from '../vault/key-store.js';
import { seasonEndFor } from './due-days.js';
import { dueReason, reasonFor, type DueReason } from './due-reasons.js';
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
  readonly intakes: readonly { readonly id: string; readonly classes: readonly Omit<AffectedClass, 'reason'>[] }[];
  /** Hand it back for the next page; absent on the last. */
  readonly next?: string;
}

export async function countAffected(
  { database }: KeyStore,
  siteId: string,
  on: Day,
  classes: readonly RetentionClass[],
): Promise<AffectedCounts> {
  const [counts] = await database.query<AffectedCounts>(
    `SELECT count(*) FILTER (WHERE goes)::integer AS destroyed, count(*) FILTER (WHERE stays)::integer AS held
     FROM (SELECT bool_or(NOT held) AS goes, bool_or(held) AS stays FROM (${DUE} AND s.class = ANY ($3::text[])) s GROUP BY intake_id) i`,
    [siteId, on, classes],
  );
  return counts!;
}

/**
 * Fifty intakes of which something is due: what goes first comes first, what is only held comes last.
 * @throws Refusal INVALID_INPUT for a cursor that is not one
 */
export async function readAffected({ database }: KeyStore, siteId: string, on: Day, cursor: string | undefined): Promise<AffectedPage> {
  const [afterDay, afterId] = cursorValue(cursor);
  const found = await database.query<{ id: string; first: Day }>(
    `SELECT intake_id AS id, first FROM (
       SELECT intake_id, coalesce(min(due_day) FILTER (WHERE NOT held), '${LAST}') AS first FROM (${DUE}) s GROUP BY intake_id) i
     WHERE (first, intake_id) > ($3, $4) ORDER BY first, intake_id LIMIT ${PAGE + 1}`,
    [siteId, on, afterDay, afterId],
  );
  const page = found.slice(0, PAGE);
  const classes = await classesOf(database, siteId, on, page.map(({ id }) => id));
  const intakes = page.map(({ id }) => ({ id, classes: classes.filter((row) => row.intake_id === id).map(withoutId) }));
  return found.length > PAGE ? { intakes, next: `${page.at(-1)!.first}.${page.at(-1)!.id}` } : { intakes };
}

/** Works out, from the intakes' own rows, why each class is due. One statement for all of them. */
export async function explain(tx: RecordsTx, policies: PolicySchedule, { intakes }: AffectedPage): Promise<readonly AffectedIntake[]> {
  const rows = await tx.query<Facts>(FACTS, [intakes.map(({ id }) => id)]);
  const facts = new Map(rows.map((row) => [row.id, row]));
  return intakes.map(({ id, classes }) => {
    const row = facts.get(id);
    const limit = (name: RetentionClass) => row && dueReason(policies, name, row, seasonEndFor(row, row.filingYear));
    return { id, classes: classes.map((one) => ({ ...one, reason: reasonFor(one.due, limit(one.class)) })) };
  });
}

interface Facts extends IntakeFacts {
  readonly id: string;
  readonly season_end: Day | null;
}

const FACTS = `
  SELECT i.id, i.tax_year AS "taxYear", i.filing_year AS "filingYear", i.created_day AS "createdDay", i.touched_day AS "touchedDay", i.stage,
    i.prepared_day AS "preparedDay", i.accepted_day AS "acceptedDay", i.done_day AS "doneDay", i.erased_day AS "erasedDay",
    i.consents_given AS "consentsGiven", s.season_end
  FROM intake i JOIN site s ON s.id = i.site_id WHERE i.id = ANY ($1::uuid[])`;

/** Shares of a site that open and are due by a day. */
const DUE = `
  SELECT s.intake_id, s.class, s.due_day, ${ANY_HOLD} AND ${heldSql('s')} AS held
  FROM bucket b JOIN life_share s ON s.bucket_id = b.id WHERE b.site_id = $1 AND s.due_day <= $2`;

type ClassRow = Omit<AffectedClass, 'reason'> & { readonly intake_id: string };

function classesOf(database: KeyStore['database'], siteId: string, on: Day, ids: readonly string[]): Promise<ClassRow[]> {
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

/** Sorts after every day that is asked for. */
const LAST = day('9999-12-31');
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
