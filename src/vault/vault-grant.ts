import { equalBytes, uuidBytes, wipe } from '../crypto/bytes.js';
import { context, type ContextPart } from '../crypto/context.js';
import { keyedHash } from '../crypto/keyed-hash.js';
import { openBox, sealTo, type KeyPair } from '../crypto/sealed-box.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import { unwrap, wrap } from '../crypto/wrap.js';

/** A site's vault key, in hand for the length of one request. */
export interface VaultKey {
  readonly siteId: string;
  readonly number: number;
  readonly key: Uint8Array;
}

/** Whom a grant is for. The public key is part of it: a key put in its place is granted nothing. */
export interface Grantee {
  readonly memberId: string;
  readonly role: string;
  readonly publicKey: Uint8Array;
}

export interface SealedGrant {
  readonly sealed: Uint8Array;
  readonly mac: Uint8Array;
}

/** Seals the vault key for one member: to their public key, under a half that can be destroyed. */
export function sealGrant(vault: VaultKey, grantee: Grantee, half: Uint8Array): SealedGrant {
  const box = sealTo(grantee.publicKey, vault.key);
  return { sealed: wrap(halfKey(half), box, context('grant', ...placeOf(vault, grantee))), mac: grantMac(vault, grantee) };
}

/**
 * Opens a grant with the member's own secret key and the half.
 * @throws SealRefusal NOT_AUTHENTIC when it was made for someone else, or by someone who does not hold the vault key
 */
export function openGrant(
  vault: Omit<VaultKey, 'key'>,
  grantee: { readonly memberId: string; readonly role: string; readonly keys: KeyPair },
  half: Uint8Array,
  grant: SealedGrant,
): VaultKey {
  const { keys, ...rest } = grantee;
  const whom = { ...rest, publicKey: keys.publicKey };
  const box = unwrap(halfKey(half), grant.sealed, context('grant', ...placeOf(vault, whom)));
  const opened = { ...vault, key: openBox(keys, box) };
  if (!equalBytes(grantMac(opened, whom), grant.mac)) {
    wipe(opened.key);
    throw new SealRefusal('NOT_AUTHENTIC');
  }
  return opened;
}

/**
 * What a member keeps of the vault under their own secret key: a vault key that someone else put in its place does not
 * fit it, although it opens.
 */
export function vaultPin(secretKey: Uint8Array, vault: VaultKey): Uint8Array {
  const check = keyedHash(vault.key, 'vault-check', uuidBytes(vault.siteId), vault.number);
  return keyedHash(secretKey, 'vault-pin', uuidBytes(vault.siteId), vault.number, check);
}

function grantMac(vault: VaultKey, grantee: Grantee): Uint8Array {
  return keyedHash(vault.key, 'grant-mac', ...placeOf(vault, grantee));
}

function placeOf(vault: Omit<VaultKey, 'key'>, { memberId, role, publicKey }: Grantee): ContextPart[] {
  return [uuidBytes(vault.siteId), uuidBytes(memberId), role, publicKey, vault.number];
}

function halfKey(half: Uint8Array): Uint8Array {
  return keyedHash(half, 'grant-half');
}
