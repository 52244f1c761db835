import type { Answers } from '../catalogue/answers.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import { wipe } from '../crypto/bytes.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import type { Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';
import type { AccessTicket } from '../vault/access-ticket.js';
import type { OpenKeyStore } from '../vault/key-store.js';
import { readShares, type Lives } from '../vault/life-shares.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { unwrapIntakeKey } from '../vault/vault-wraps.js';
import { openAnswers } from './open-answers.js';
import type { StoredIntake } from './stored-intake.js';

/** One share that was tampered with must not hide the others: then each is read by itself, and what is not authentic is left out. */
export async function livesOfListed(store: OpenKeyStore, siteId: string, ids: readonly string[], retentionClass: RetentionClass, today: Day): Promise<ReadonlyMap<string, Lives>> {
  const read = (some: readonly string[]) => readShares(store, siteId, some, [retentionClass], today);
  try {
    return await read(ids);
  } catch (error) {
    if (!(error instanceof SealRefusal)) throw error;
  }
  const lives = new Map<string, Lives>();
  for (const id of ids) {
    const one = await read([id]).catch((error: unknown) => {
      if (!(error instanceof SealRefusal)) throw error;
      return new Map([[id, new Map()]]);
    });
    lives.set(id, one.get(id)!);
  }
  return lives;
}

/** A row that somebody tampered with must not hide the others: it has no answers in the list, and says why when it is opened. */
export function openedOf(vault: VaultKey, intake: StoredIntake, lives: Lives, ticket: AccessTicket, paths: readonly string[]): Answers | undefined {
  let intakeKey: Uint8Array | undefined;
  try {
    intakeKey = unwrapIntakeKey(vault, intake.row.id, intake.row.wrapped_key);
    return openAnswers(ticket, { ...intake, intakeKey, lives }, paths).reveal();
  } catch (error) {
    if (error instanceof SealRefusal || (error instanceof Refusal && error.code === 'SECTION_NOT_AUTHENTIC')) return undefined;
    throw error;
  } finally {
    wipe(intakeKey);
  }
}
