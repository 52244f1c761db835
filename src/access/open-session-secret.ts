import { equalBytes, wipe } from '../crypto/bytes.js';
import { keyPairOf, type KeyPair } from '../crypto/sealed-box.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import { Refusal } from '../platform/refusal.js';
import { readHalves } from '../vault/halves.js';
import type { KeyStore } from '../vault/key-store.js';
import { unwrapWithToken } from '../vault/member-secret.js';
import type { SignedIn } from './signed-in.js';

export interface SessionSecret {
  /** The member's own; the caller wipes `secretKey`. */
  readonly keys: KeyPair;
  /** Those grant halves that still live; the caller wipes them. */
  readonly grantHalves: ReadonlyMap<string, Uint8Array>;
}

/**
 * Opens a member's secret key with the token of this request and the session's half.
 * @param grantHalfIds halves of the member's grants to fetch on the way
 * @throws Refusal SIGNED_OUT when the half is gone; KEY_NOT_AUTHENTIC when the session or the member's row was changed
 */
export async function openSessionSecret(
  keyStore: KeyStore,
  who: SignedIn,
  grantHalfIds: readonly string[] = [],
): Promise<SessionSecret> {
  const { halfId, bytes, publicKey } = who.sealedKey;
  const wanted = [{ id: halfId, kind: 'session' } as const, ...grantHalfIds.map((id) => ({ id, kind: 'grant' }) as const)];
  const halves = new Map(await authentic(() => keyStore.transaction((store) => readHalves(store, who.memberId, wanted))));
  const half = halves.get(halfId);
  if (!half) throw new Refusal('SIGNED_OUT', 'Your session has ended. Sign in again.');
  halves.delete(halfId);
  const place = { id: who.sessionId, memberId: who.memberId };
  const keys = await authentic(() => keyPairOf(unwrapWithToken(who.token, half, place, bytes)));
  wipe(half);
  if (!equalBytes(keys.publicKey, publicKey)) {
    wipe(keys.secretKey, ...halves.values());
    throw notAuthentic();
  }
  return { keys, grantHalves: halves };
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
