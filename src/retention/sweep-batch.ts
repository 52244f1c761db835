import { CLASSES_FROM_THE_START, PREPARER_LIST } from '../catalogue/retention-class.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { KeyStore } from '../vault/key-store.js';
import { deleteSections, layTombstones, type DeadSection, type Over } from './clear-sections.js';
import { deadSql, onPagesSql, SHARES_ON_PAGES, type DeadPages } from './dead-pages.js';

/**
 * Clears away what is dead of these intakes, lookup rows apart. Records first, then the key store: a crash between leaves dead shares, by
 * which the next sweep finds its way again. Nothing is lost by doing a batch twice. A share that never got its intake (a crash at
 * creation) goes the same way.
 */
export async function sweepBatch(records: RecordsDatabase, keyStore: KeyStore, dead: DeadPages): Promise<void> {
  const others = await records.acrossSites((tx) => sweepRecords(tx, keyStore, dead));
  await keyStore.transaction(async ({ tx }) => {
    await tx.query(DELETE_ON_PAGES, [dead.from, dead.to, dead.intakeIds]);
    if (others.length > 0) await tx.query(`DELETE FROM life_share s WHERE s.intake_id = ANY ($1::uuid[]) AND ${deadSql('s')} AND ${CERTIFIED}`, [others]);
  });
}

/** What died with a bucket that no certificate names yet has to be counted first: a run that was taken over may still be sweeping when the next destroys. */
const CERTIFIED = 's.bucket_id <> ALL (ARRAY(SELECT id FROM destroyed_bucket WHERE certified_by IS NULL))';

/** IS TRUE keeps the planner from looking each of them up by the index. */
const DELETE_ON_PAGES = `
  DELETE FROM life_share s WHERE ${onPagesSql('s', '$1', '$2')} AND (s.intake_id IN (SELECT unnest($3::uuid[]))) IS TRUE AND ${deadSql('s')} AND ${CERTIFIED}`;

/** Locks them; whose return is on the preparer's list. */
const LOCKED = `
  SELECT coalesce(array_agg(id) FILTER (WHERE listed_day IS NOT NULL), '{}') AS listed
  FROM (SELECT id, listed_day FROM intake WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE) AS locked`;

/** How many of the shares that were seen still lie dead on these pages. If it is all of them, nothing lives of their intakes but what is on a list, wherever that lies. */
const STILL_DEAD = `
  SELECT count(*)::integer AS shares FROM ${SHARES_ON_PAGES} AND b.id IS NULL AND s.class <> '${PREPARER_LIST}' AND (s.intake_id IN (SELECT unnest($3::uuid[]))) IS TRUE`;

/** A share of the list that a crash left, of a return that is not on it, keeps nothing. */
const LIVING = `
  SELECT s.intake_id AS "intakeId", bool_or(b.id IS NOT NULL) AS "isAlive", max(s.due_day) AS "lastDay"
  FROM life_share s LEFT JOIN bucket b ON b.id = s.bucket_id
  WHERE s.intake_id = ANY ($1::uuid[]) AND (s.class <> '${PREPARER_LIST}' OR s.intake_id = ANY ($2::uuid[])) GROUP BY s.intake_id`;

const DEAD = `SELECT s.intake_id, s.class, s.due_day AS day FROM life_share s WHERE s.intake_id = ANY ($1::uuid[]) AND ${deadSql('s')}`;

/**
 * The intakes are locked before their shares are looked at once more: a class that is being started anew meanwhile (numbers
 * after a rejection) is then either not begun, or alive and seen. Where all is as it was seen, that is one number.
 * @returns those that may have dead shares elsewhere
 */
async function sweepRecords(tx: RecordsTx, { database }: KeyStore, { from, to, intakeIds, whole: seen }: DeadPages): Promise<readonly string[]> {
  const [locked] = await tx.query<{ listed: readonly string[] }>(LOCKED, [intakeIds]);
  const [still] = await database.query<{ shares: number }>(STILL_DEAD, [from, to, seen.map(({ intakeId }) => intakeId)]);
  const listed = new Set(locked!.listed);
  const whole = still!.shares === seen.length * CLASSES_FROM_THE_START.length ? seen.filter(({ intakeId }) => !listed.has(intakeId)) : [];
  const wholeIds = new Set(whole.map(({ intakeId }) => intakeId));
  const others = intakeIds.filter((id) => !wholeIds.has(id));
  const found = others.length > 0 ? await database.query<Over & { readonly isAlive: boolean }>(LIVING, [others, locked!.listed]) : [];
  const living = found.filter(({ isAlive }) => isAlive).map(({ intakeId }) => intakeId);
  if (living.length > 0) await deleteSections(tx, await database.query<DeadSection>(DEAD, [living]));
  await layTombstones(tx, [...whole, ...found.filter(({ isAlive }) => !isAlive)]);
  return others;
}
