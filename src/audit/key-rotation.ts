import { verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import type { Context } from './entry.js';
import { ed25519Signature } from './entry-values.js';
import type { SigningKey } from './signing-key.js';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './verifier-key.js';

/** A log's key and the one that follows it, under the one name. */
export interface KeyRotation {
  readonly previous: VerifierKey;
  readonly next: VerifierKey;
}

/**
 * What the entry `log.key-rotated` says: both keys sign that one follows the other. The signature of the key before lets its
 * holders follow it; that of the next shows whom it follows, so that nobody can slip in a key of theirs as an older one. An entry
 * that somebody else wrote into the database has neither, and is passed over. Format: docs/formats.md, "Change of the log's key".
 */
export function rotationContext(origin: string, previous: SigningKey, next: SigningKey): Context {
  const [previousVkey, vkey] = [previous, next].map((key) => formatVerifierKey(key.verifier(origin))) as [string, string];
  const text = rotationText(origin, previousVkey, vkey);
  const signatures = [previous, next].map((key) => key.signatureOver(text).toString('base64'));
  return { origin, previousVkey, vkey, signatures };
}

/** All of it may come from an attacker. @returns undefined when not both keys have signed it, or it is of another log than it says */
export function checkRotation(context: Readonly<Record<string, unknown>>): KeyRotation | undefined {
  const { origin, previousVkey, vkey, signatures } = context;
  if (typeof origin !== 'string' || typeof previousVkey !== 'string' || typeof vkey !== 'string' || !isPair(signatures)) return undefined;
  const [previous, next] = [parseVerifierKey(previousVkey), parseVerifierKey(vkey)];
  if (previous?.name !== origin || next?.name !== origin) return undefined;
  const text = Buffer.from(rotationText(origin, previousVkey, vkey), 'utf8');
  const [byPrevious, byNext] = signatures.map((signature) => Buffer.from(signature, 'base64')) as [Buffer, Buffer];
  const isSigned = verify(null, text, previous.publicKey, byPrevious) && verify(null, text, next.publicKey, byNext);
  return isSigned ? { previous, next } : undefined;
}

function isPair(signatures: unknown): signatures is readonly [string, string] {
  return Array.isArray(signatures) && signatures.length === 2 && signatures.every(ed25519Signature);
}

/** JSON, as all that the log's keys sign beside checkpoints; its kind keeps it apart from the rest. */
function rotationText(origin: string, previousVkey: string, vkey: string): string {
  return `${canonicalJson({ kind: 'log-key-rotation', v: 1, origin, previousVkey, vkey })}\n`;
}
