import { verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import { formatCheckpoint } from './checkpoint.js';
import type { Context } from './entry.js';
import { ed25519Signature, sha256Hex, wholeNumber } from './entry-values.js';
import type { SigningKey } from './signing-key.js';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './verifier-key.js';

/** A log's key and the one that follows it, under the one name. */
export interface KeyRotation {
  readonly previous: VerifierKey;
  readonly next: VerifierKey;
  /** Where the change was said once more, for a log that was restored: the size of the checkpoint that both keys have signed, which that log has lost. */
  readonly handedOverAt?: number;
}

/** The root of a tree under a name that was restored away. */
export interface HandedOver {
  readonly size: number;
  readonly root: Buffer;
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

/**
 * The same once both have signed the checkpoint of it, with their signatures over that: all that shows the change to somebody who
 * has neither the entry nor the checkpoint. For the signer's memory, and for a log that was restored to a day before the change.
 */
export function handedOverContext(origin: string, previous: SigningKey, next: SigningKey, { size, root }: HandedOver): Context {
  const text = formatCheckpoint({ origin, size, root });
  const handOver = [previous, next].map((key) => key.signatureOver(text).toString('base64'));
  return { ...rotationContext(origin, previous, next), size, root: root.toString('hex'), handOver };
}

/** All of it may come from an attacker. @returns undefined when not both keys have signed it, or it is of another log than it says */
export function checkRotation(context: Readonly<Record<string, unknown>>): KeyRotation | undefined {
  const { origin, previousVkey, vkey, signatures } = context;
  if (typeof origin !== 'string' || typeof previousVkey !== 'string' || typeof vkey !== 'string' || !isPair(signatures)) return undefined;
  const [previous, next] = [parseVerifierKey(previousVkey), parseVerifierKey(vkey)];
  if (previous?.name !== origin || next?.name !== origin) return undefined;
  const text = rotationText(origin, previousVkey, vkey);
  const handedOverAt = handedOver({ previous, next }, context);
  return areSigned({ previous, next }, text, signatures) ? { previous, next, ...(handedOverAt === undefined ? {} : { handedOverAt }) } : undefined;
}

/** @returns undefined when it does not say so, or not both keys have signed that checkpoint */
function handedOver(rotation: KeyRotation, { size, root, handOver }: Readonly<Record<string, unknown>>): number | undefined {
  if (!wholeNumber(size) || !sha256Hex(root) || !isPair(handOver)) return undefined;
  const text = formatCheckpoint({ origin: rotation.previous.name, size, root: Buffer.from(root, 'hex') });
  return areSigned(rotation, text, handOver) ? size : undefined;
}

/** The first by the key before, the second by the next. */
function areSigned({ previous, next }: KeyRotation, text: string, signatures: readonly [string, string]): boolean {
  return [previous, next].every(({ publicKey }, at) => verify(null, Buffer.from(text, 'utf8'), publicKey, Buffer.from(signatures[at]!, 'base64')));
}

function isPair(signatures: unknown): signatures is readonly [string, string] {
  return Array.isArray(signatures) && signatures.length === 2 && signatures.every(ed25519Signature);
}

/** JSON, as all that the log's keys sign beside checkpoints; its kind keeps it apart from the rest. */
function rotationText(origin: string, previousVkey: string, vkey: string): string {
  return `${canonicalJson({ kind: 'log-key-rotation', v: 1, origin, previousVkey, vkey })}\n`;
}
