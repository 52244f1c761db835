import type { SiteMember } from '../access/signed-in.js';
import type { AccessTickets, ReadGrounds } from '../access/tickets.js';
import { isCommitted } from '../audit/leaf.js';
import { LEAF, saltedParts } from '../audit/longest-cells.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { AccessTicket } from '../vault/access-ticket.js';
import { intakeNotFound, type IntakeRow } from './intake-row.js';

export type Digests = Readonly<Partial<Record<RetentionClass, string>>>;

/** An intake as it is stored: its row, sealed sections, and the digests its newest write put into the access log. */
export interface StoredIntake {
  readonly row: IntakeRow;
  readonly sections: ReadonlyMap<RetentionClass, Uint8Array>;
  readonly digests: Digests;
}

/** What the newest write said of itself: the context of its log entry, its salt, and the leaf that commits to both. */
interface Written {
  readonly written: string | null;
  readonly written_salt: Uint8Array | null;
  readonly leaf: string | null;
}

type Row = IntakeRow & Written & { readonly section_class: RetentionClass | null; readonly sealed: Uint8Array | null };

/**
 * One statement, so that row, sections and log entry are of one moment: a save in between must not look like tampering.
 * A row for each section, since the driver takes bytes apart much faster alone than in an array.
 * Intakes that are not there are left out; the newest come first.
 *
 * BUG: the digests are those of the newest entry there is, and the key store knows only which version is the newest
 * (`oldestVersionSql`). Who brings older sections and their intake's row back and also takes away the entry of the last write, or
 * gives it another leaf, has them opened where the key store says nothing: while of the classes with lookup rows none lives;
 * the version before a save whose last word to the key store a crash has swallowed; and, after a restore, sections of the same
 * version from the time that it undid. Until somebody verifies the log.
 */
const STORED_INTAKES = `
  SELECT i.*, w.context AS written, w.context_salt AS written_salt, w.leaf, s.class AS section_class, s.sealed
  FROM intake i
  LEFT JOIN LATERAL (
    SELECT ${saltedParts('context')}, ${LEAF} FROM log_entry e JOIN log_part p ON p.entry_id = e.id
    WHERE e.intake_id = i.id AND e.kind IN ('intake.created', 'answers.written', 'intake.staged') ORDER BY e.id DESC LIMIT 1) w ON true
  LEFT JOIN section s ON s.intake_id = i.id AND s.class = ANY ($2::text[])
  WHERE i.id = ANY ($1::uuid[])`;

/** For reading: still sealed, and what opens it, once the entry that says so is durable. @throws Refusal LOG_STALLED */
export async function storedForReading(
  records: RecordsDatabase,
  tickets: AccessTickets,
  who: SiteMember,
  grounds: ReadGrounds,
): Promise<{ readonly ticket: AccessTicket; readonly stored: readonly StoredIntake[] }> {
  const stored = await records.inSite(who.siteId, (tx) => fetchForReading(tx, tickets, grounds));
  return { stored, ticket: await tickets.forReading(who, grounds) };
}

/** What a ticket on these grounds is to open. @throws Refusal LOG_STALLED */
export async function fetchForReading(tx: RecordsTx, tickets: AccessTickets, { intakeIds, classes }: Pick<ReadGrounds, 'intakeIds' | 'classes'>): Promise<readonly StoredIntake[]> {
  await tickets.refuseWhenStalled(tx);
  return intakesIn(await tx.query<Row>(STORED_INTAKES, [intakeIds, classes]));
}

/** For a write, under the intake's row lock. @throws Refusal NOT_FOUND, or DESTROYED when only the tombstone is left */
export async function storedIntake(tx: RecordsTx, id: string, classes: readonly RetentionClass[]): Promise<StoredIntake> {
  const [found] = intakesIn(await tx.query<Row>(STORED_INTAKES, [[id], classes]));
  if (!found) throw await intakeNotFound(tx, id);
  return found;
}

function intakesIn(rows: readonly Row[]): readonly StoredIntake[] {
  const intakes = new Map<string, StoredIntake & { readonly sections: Map<RetentionClass, Uint8Array> }>();
  for (const { written, written_salt, leaf, section_class: name, sealed, ...row } of rows) {
    const intake = intakes.get(row.id) ?? { row, sections: new Map(), digests: digestsIn({ written, written_salt, leaf }) };
    if (name && sealed) intake.sections.set(name, sealed);
    intakes.set(row.id, intake);
  }
  return [...intakes.values()].sort((a, b) => b.row.arrival - a.row.arrival);
}

/** None where the entry's leaf does not commit to what its part says. */
function digestsIn({ written, written_salt: salt, leaf }: Written): Digests {
  if (written === null || salt === null || leaf === null || !isCommitted(leaf, 'context', { text: written, salt })) return {};
  return (JSON.parse(written) as { digests?: Digests }).digests ?? {};
}
