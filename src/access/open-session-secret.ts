import { equalBytes, wipe } from '../crypto/bytes.js';
import { keyPairOf, type KeyPair } from '../crypto/sealed-box.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import { Refusal } from '../platform/refusal.js';
import type { KeyStore } from '../vault/key-store.js';
import { wipeLives, type Lives, type SharesAsked } from '../vault/life-shares.js';
import { unwrapWithToken } from '../vault/member-secret.js';
import { readLife } from '../vault/read-life.js';
import type { SignedIn } from './signed-in.js';

export interface SessionSecret {
  /** The member's own; the caller wipes `secretKey`. */
  readonly keys: KeyPair;
  /** Those grant halves that still live; the caller wipes them. */
  readonly grantHalves: ReadonlyMap<string, Uint8Array>;
  /** Of the shares that were asked for; the caller wipes them. */
  readonly lives: ReadonlyMap<string, Lives>;
}

/**
 * Opens a member's secret key with the token of this request and the session's half. The halves of the member's grants
 * come on the way, and shares of life that are wanted for the same request.
 * @throws Refusal SIGNED_OUT when the half is gone; KEY_NOT_AUTHENTIC when the session or the member's row was changed
 * @throws SealRefusal when a share was changed
 */
export async function openSessionSecret(keyStore: KeyStore, who: SignedIn, shares?: SharesAsked): Promise<SessionSecret> {
  const { halfId, bytes, publicKey } = who.sealedKey;
  const wanted = [{ id: halfId, kind: 'session' } as const, ...who.grants.map((grant) => ({ id: grant.halfId, kind: 'grant' }) as const)];
  const { halves: found, lives } = await readLife(keyStore, { memberId: who.memberId, halves: wanted, shares });
  if (found === 'changed') throw notAuthentic();
  const halves = new Map(found);
  const half = halves.get(halfId);
  halves.delete(halfId);
  try {
    if (!half) throw new Refusal('SIGNED_OUT', 'Your session has ended. Sign in again.');
    const place = { id: who.sessionId, memberId: who.memberId };
    const keys = await authentic(() => keyPairOf(unwrapWithToken(who.token, half, place, bytes)));
    if (!equalBytes(keys.publicKey, publicKey)) {
      wipe(keys.secretKey);
      throw notAuthentic();
    }
    return { keys, grantHalves: halves, lives };
  } catch (error) {
    wipe(...halves.values());
    wipeLives(...lives.values());
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
