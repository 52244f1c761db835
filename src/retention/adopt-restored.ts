import type { AccessLog } from '../audit/append-entry.js';
import { factsForLog } from '../audit/intake-facts.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { KeyStore } from '../vault/key-store.js';
import type { ExpectedLives } from './expected-lives.js';
import { lifeDifferences } from './life-differences.js';
import { storedIntakes, storedLives, type StoredLife } from './stored-lives.js';

const BATCH = 200;

/**
 * Restored records know nothing of what was saved, staged, erased or published after the backup, while the key store has the days that
 * followed from it. Those stand: people were told them, and by the older log a run would destroy what lives, or keep what was to go. An
 * entry says so for each intake where the two differ, so that the log explains what is stored.
 * Twice does no harm.
 * @returns of how many intakes
 */
export async function adoptRestored(records: RecordsDatabase, keyStore: KeyStore, expected: ExpectedLives, log: AccessLog): Promise<number> {
  let adopted = 0;
  for await (const ids of storedIntakes(keyStore, BATCH)) adopted += await adopt(records, expected, log, await storedLives(keyStore, ids));
  return adopted;
}

function adopt(records: RecordsDatabase, expected: ExpectedLives, log: AccessLog, stored: readonly StoredLife[]): Promise<number> {
  return records.acrossSites(async (tx) => {
    const truth = await expected.of(tx, stored.map(({ intakeId }) => intakeId), 'sure');
    const entries = stored.flatMap((life) => {
      const known = truth.get(life.intakeId);
      if (known === undefined || known === 'changed') return []; // entered since, or for a run to say
      const differences = lifeDifferences(known, life, undefined);
      if (differences === 'changed' || differences.days.size === 0) return [];
      const lives = Object.fromEntries(life.shares.filter(({ class: name }) => differences.days.has(name)).map((share) => [share.class, share.dueDay]));
      return [{ kind: 'intake.restored', actor: { system: 'restore' }, subject: { site: known.siteId, intake: life.intakeId }, context: { facts: factsForLog(known.facts), lives } } as const];
    });
    await log.appendAll(tx, entries);
    return entries.length;
  });
}
