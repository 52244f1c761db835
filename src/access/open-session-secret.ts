import { wipe } from '../crypto/bytes.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import { Refusal } from '../platform/refusal.js';
import type { KeyStore } from '../vault/key-store.js';
import type { Ring } from '../vault/bucket-ring.js';
import { wipeLives, type Lives } from '../vault/life-shares.js';
import { unwrapWithToken } from '../vault/member-secret.js';
import { readLife, type LifeBeside } from '../vault/read-life.js';
import type { SignedIn } from './signed-in.js';

export interface SessionSecret {
  /** The member's own; the caller wipes it. */
  readonly secretKey: Uint8Array;
  /** Those grant halves that still live; the caller wipes them. */
  readonly grantHalves: ReadonlyMap<string, Uint8Array>;
  /** Of the shares that were asked for; the caller wipes them. */
  readonly lives: ReadonlyMap<string, Lives>;
  /** Where it was asked for; the caller wipes its keys. */
  readonly ring: Ring | undefined;
}

/**
 * Opens a member's secret key with the token of this request and the session's half. The halves of the member's grants
 * come on the way, and what else of the key store is wanted for the same request.
 * @throws Refusal SIGNED_OUT when the half is gone; KEY_NOT_AUTHENTIC when the session was changed
 * @throws SealRefusal when a share was changed
 */
export async function openSessionSecret(keyStore: KeyStore, who: SignedIn, beside: LifeBeside = {}): Promise<SessionSecret> {
  const { halfId, bytes } = who.sealedKey;
  const wanted = [{ id: halfId, kind: 'session' } as const, ...who.grants.map((grant) => ({ id: grant.halfId, kind: 'grant' }) as const)];
  const { halves: found, lives, ring } = await readLife(keyStore, { memberId: who.memberId, halves: wanted, ...beside });
  if (found === 'changed') throw notAuthentic();
  const halves = new Map(found);
  const half = halves.get(halfId);
  halves.delete(halfId);
  try {
    if (!half) throw new Refusal('SIGNED_OUT', 'Your session has ended. Sign in again.');
    const place = { id: who.sessionId, memberId: who.memberId };
    const secretKey = await authentic(() => unwrapWithToken(who.token, half, place, bytes));
    return { secretKey, grantHalves: halves, lives, ring };
  } catch (error) {
    wipe(...halves.values());
    wipeLives(...lives.values());
    wipe(ring?.keys);
    throw error;
  } finally {
    wipe(half);
  }
}

/** Both databases are attacker-controlled here: what does not open was changed, and is reported as such. */
export async function authentic<T>(open: () => T | Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof SealRefusal) throw notAuthentic();
    throw error;
  }
}

export function notAuthentic(): Refusal {
  return new Refusal('KEY_NOT_AUTHENTIC', 'Your account or key was changed behind your back. Nothing was opened; tell your administrator.');
}
