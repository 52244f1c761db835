import { prunePage, type PrunedPage } from '../../../src/audit/prune-parts.js';
import type { RecordsTx } from '../../../src/platform/records-tx.js';
import type { LogFixture } from '../log-fixture.js';

const TABLES = ['log_entry', 'log_part', 'log_filter', 'log_pending', 'log_index', 'log_head'];

/** A page of what was written before that day, whatever it is of. */
export function prunedBefore(tx: RecordsTx, day: string, spared: readonly string[] = []): Promise<PrunedPage> {
  const over = new Date(`${day}T00:00:00Z`);
  return prunePage(tx, 0, { entriesBefore: over, certificatesBefore: over }, { sites: [], intakes: spared });
}

/** The same, and its entry, as the nightly run does it. */
export async function pruneAndSay({ log }: LogFixture, tx: RecordsTx, day: string, spared: readonly string[] = []): Promise<void> {
  const { pruned: entries, bundles } = await prunedBefore(tx, day, spared);
  await log.append(tx, { kind: 'log.pruned', actor: { system: 'run' }, subject: {}, context: { day, counts: { entries }, bundles } });
}

/** The same on a day, placed and signed. */
export async function pruneOn(fixture: LogFixture, now: Date, day: string, spared: readonly string[] = []): Promise<void> {
  fixture.clock.setTo(now);
  await fixture.databases.records.acrossSites((tx) => pruneAndSay(fixture, tx, day, spared));
  await fixture.sequencer.drain();
  await fixture.signer.sign();
}

/** Copies the log as it is now, to `kept_log_entry` and so on. @returns what brings it back */
export async function keepLog({ databases: { recordsOwner } }: LogFixture): Promise<() => Promise<void>> {
  for (const table of TABLES) await recordsOwner(`CREATE TABLE kept_${table} AS TABLE ${table}`);
  return async () => {
    await recordsOwner(`TRUNCATE ${TABLES.join(', ')} CASCADE`);
    for (const table of TABLES) await recordsOwner(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_${table}`);
  };
}
