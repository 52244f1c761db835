import { uuidBytes } from '../crypto/bytes.js';
import { context } from '../crypto/context.js';
import { unwrap, wrap } from '../crypto/wrap.js';
import type { VaultKey } from './vault-grant.js';

/** An intake's key under the vault key: who may read. The vault's number is part of the place. */
export function wrapIntakeKey(vault: VaultKey, intakeId: string, intakeKey: Uint8Array): Uint8Array {
  return wrap(vault.key, intakeKey, intakeKeyContext(vault, intakeId));
}

/** @throws SealRefusal NOT_AUTHENTIC */
export function unwrapIntakeKey(vault: VaultKey, intakeId: string, wrapped: Uint8Array): Uint8Array {
  return unwrap(vault.key, wrapped, intakeKeyContext(vault, intakeId));
}

/** A site's lookup key of one filing year under the vault key: without a signed-in preparer the index cannot be computed. */
export function wrapLookupKey(vault: VaultKey, filingYear: number, lookupKey: Uint8Array): Uint8Array {
  return wrap(vault.key, lookupKey, lookupKeyContext(vault, filingYear));
}

/** @throws SealRefusal NOT_AUTHENTIC */
export function unwrapLookupKey(vault: VaultKey, filingYear: number, wrapped: Uint8Array): Uint8Array {
  return unwrap(vault.key, wrapped, lookupKeyContext(vault, filingYear));
}

function intakeKeyContext(vault: VaultKey, intakeId: string): Uint8Array {
  return context('intake-key', uuidBytes(vault.siteId), vault.number, uuidBytes(intakeId));
}

function lookupKeyContext(vault: VaultKey, filingYear: number): Uint8Array {
  return context('lookup-key', uuidBytes(vault.siteId), vault.number, filingYear);
}
