import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import { heldBySql, heldSql } from '../../vault/hold-scope.js';
import type { KeyStore } from '../../vault/key-store.js';
import type { SectionFinding } from './compare-sections.js';
import { writeIn, WRITES, WRITTEN, type Written } from './written-digests.js';

const BATCH = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';
/** An entry's time is in whole seconds. */
const SECOND_MS = 1000;

/** A time for which a hold was in force. null: it is still. */
export type HeldSpan = readonly [from: number, until: number | null];

/** An earlier version that a save kept. */
interface Kept {
  readonly id: string;
  readonly class: RetentionClass;
  readonly version: number;
  /** Milliseconds. */
  readonly since: number;
}

interface HeldShare {
  readonly id: string;
  readonly class: RetentionClass;
  readonly site: string;
  readonly spans: readonly (readonly [string, string | null])[];
}

const HELD_INTAKES = `SELECT DISTINCT s.intake_id AS id FROM life_share s WHERE s.intake_id > $1 AND ${heldSql('s')} ORDER BY s.intake_id LIMIT ${BATCH}`;
const SPANS = `
  SELECT s.intake_id AS id, s.class, s.site_id AS site, json_agg(json_build_array(h.placed_at, h.released_at)) AS spans
  FROM life_share s JOIN hold h ON NOT h.sentinel AND ${heldBySql('h', 's')} WHERE s.intake_id = ANY ($1::uuid[]) GROUP BY s.intake_id, s.class, s.site_id`;
const SAVES = `SELECT e.intake_id AS id, e.at, ${WRITTEN} ${WRITES} AND e.intake_id = ANY ($1::uuid[])`;
const THERE = 'SELECT intake_id AS id, class, version FROM preserved_section WHERE intake_id = ANY ($1::uuid[])';

/**
 * Looks for earlier versions that a save kept and that are not there, although holds have covered them without a gap since then: after
 * a gap a sweep may have taken them rightly. Entries are read before rows, and holds last, so that nothing looks removed that was
 * kept or released meanwhile.
 */
export async function checkMissing(records: RecordsDatabase, { database }: KeyStore, found: (finding: SectionFinding) => void): Promise<void> {
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    const ids: readonly string[] = (await database.query<{ id: string }>(HELD_INTAKES, [after])).map(({ id }) => id);
    after = ids.at(-1);
    const kept = (await records.acrossSites((tx) => tx.query<Written & { readonly id: string; readonly at: Date }>(SAVES, [ids]))).flatMap(keptBy);
    if (kept.length === 0) continue;
    const rows = await records.acrossSites((tx) => tx.query<Omit<Kept, 'since'>>(THERE, [ids]));
    const there = new Set(rows.map((row) => `${placeOf(row)} ${row.version}`));
    const gone = kept.filter((one) => !there.has(`${placeOf(one)} ${one.version}`));
    if (gone.length === 0) continue;
    const shares = new Map((await database.query<HeldShare>(SPANS, [ids])).map((share) => [placeOf(share), share]));
    for (const one of gone) {
      const share = shares.get(placeOf(one));
      if (share && isHeldSince(share.spans.map(spanOf), one.since)) found({ kind: 'preserved-missing', siteId: share.site, intakeId: one.id, class: one.class });
    }
  }
}

function keptBy({ id, at, ...written }: Written & { readonly id: string; readonly at: Date }): readonly Kept[] {
  const write = writeIn(written);
  if (write?.version === undefined) return [];
  const version = write.version - 1;
  return write.preserved.map((name) => ({ id, class: name, version, since: at.getTime() }));
}

/** Whether one or other of these is in force at every moment from then on until now. Pure. */
export function isHeldSince(spans: readonly HeldSpan[], since: number): boolean {
  let reached = since + SECOND_MS;
  for (;;) {
    const going = spans.filter(([from, until]) => from <= reached && (until === null || until > reached));
    if (going.length === 0) return false;
    if (going.some(([, until]) => until === null)) return true;
    reached = Math.max(...going.map(([, until]) => until!));
  }
}

function spanOf([from, until]: HeldShare['spans'][number]): HeldSpan {
  return [Date.parse(from), until === null ? null : Date.parse(until)];
}

function placeOf({ id, class: name }: Pick<Kept, 'id' | 'class'>): string {
  return `${id} ${name}`;
}
