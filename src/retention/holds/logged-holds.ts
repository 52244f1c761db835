import type { LogEntry } from '../../audit/entry.js';
import { entriesOfKind } from '../../audit/parts-of-site.js';
import { canonicalJson } from '../../audit/canonical-json.js';
import { day } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { HoldScope } from '../../vault/holds.js';
import { InputsChanged } from '../inputs-changed.js';

/** Holds as the log tells of them, by their ids. */
export interface LoggedHolds {
  /** Placed or found, and not released. */
  readonly open: ReadonlyMap<string, HoldScope>;
  readonly released: ReadonlySet<string>;
}

/** The subject and context of an entry about a hold: what it names, in the clear, and never why. */
export function holdInEntry(id: string, { site, intakes, classes, taxYear, from, to }: HoldScope): Pick<LogEntry, 'subject' | 'context'> {
  return {
    subject: { ...(site !== undefined && { site }), ...(intakes && { intakes }), ...(classes && { classes }) },
    context: { hold: id, ...(taxYear !== undefined && { taxYear }), ...(from && { from }), ...(to && { to }) },
  };
}

/** @throws InputsChanged when one of the entries is gone, or not what it was */
export async function loggedHolds(tx: RecordsTx): Promise<LoggedHolds> {
  const open = new Map<string, HoldScope>();
  for (const kind of ['hold.placed', 'hold.found'] as const) {
    for (const { subject, context } of await written(tx, kind)) {
      const { site, intakes, classes } = subject;
      const { hold, taxYear, from, to } = context;
      open.set(hold!, {
        ...(site !== undefined && { site }),
        ...(intakes && { intakes }),
        ...(classes && { classes }),
        ...(taxYear !== undefined && { taxYear }),
        ...(from !== undefined && { from: day(from) }),
        ...(to !== undefined && { to: day(to) }),
      });
    }
  }
  const released = new Set((await written(tx, 'hold.released')).map(({ context }) => context.hold!));
  for (const id of released) open.delete(id);
  return { open, released };
}

/** When the log first told of an open hold, as the entry's leaf has it. */
export async function loggedTime(tx: RecordsTx, id: string): Promise<Date> {
  const [row] = await tx.query<{ at: Date }>(
    `SELECT min((e.leaf::jsonb ->> 'time')::timestamptz) AS at FROM log_entry e JOIN log_part p ON p.entry_id = e.id
     WHERE e.kind IN ('hold.placed', 'hold.found') AND p.context::jsonb ->> 'hold' = $1`,
    [id],
  );
  return row!.at;
}

export function sameScope(one: HoldScope, other: HoldScope): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

async function written(tx: RecordsTx, kind: 'hold.placed' | 'hold.found' | 'hold.released') {
  return (await entriesOfKind(tx, kind)).map((parts) => {
    if (!parts?.context.hold) throw new InputsChanged('the log of a hold');
    return parts;
  });
}
