import { hash } from 'node:crypto';
import { randomBytes } from '../crypto/random.js';
import { canonicalJson } from './canonical-json.js';
import type { EntryKind, LogEntry } from './entry.js';

const LEAF_VERSION = 1;
const SALT_BYTES = 32;

/** One part of an entry with the salt that hides it. Pruning both leaves a commitment that tells nothing. */
export interface SaltedPart {
  /** Canonical JSON: these are the committed bytes. */
  readonly text: string;
  readonly salt: Uint8Array;
}

export interface SaltedParts {
  readonly actor: SaltedPart;
  readonly subject: SaltedPart;
  readonly context: SaltedPart;
}

/** When and by whom an entry was written, as its leaf says it. */
export interface LeafHead {
  readonly kind: EntryKind;
  /** UTC, RFC 3339, whole seconds. */
  readonly time: string;
  /** The writing process, and its count from 1: an entry removed before it was sequenced leaves a gap. */
  readonly epoch: string;
  readonly counter: number;
  /** Earlier counters of this epoch whose transaction was rolled back: gaps that are none. Absent when there are none. */
  readonly voided?: readonly number[];
}

export function saltParts({ actor, subject, context }: Pick<LogEntry, 'actor' | 'subject' | 'context'>): SaltedParts {
  return { actor: salted(actor), subject: salted(subject), context: salted(context) };
}

/**
 * What goes into the tree: RFC 8785 JSON with a commitment in the place of each part. It names nobody and outlives the
 * parts. Format: docs/formats.md, "Log leaf".
 */
export function leafText(head: LeafHead, parts: SaltedParts): string {
  return canonicalJson({
    v: LEAF_VERSION,
    ...head,
    actor: commitment(parts.actor),
    subject: commitment(parts.subject),
    context: commitment(parts.context),
  });
}

/** SHA-256(salt ‖ part) in base64. Without the salt not even a guessed part can be checked against it. */
export function commitment({ text, salt }: SaltedPart): string {
  if (salt.length !== SALT_BYTES) throw new RangeError('a salt has 32 bytes');
  if (text.length * 3 > TEXT_ROOM) return hash('sha256', Buffer.concat([salt, Buffer.from(text, 'utf8')]), 'base64');
  committed.set(salt);
  return hash('sha256', committed.subarray(0, SALT_BYTES + committed.write(text, SALT_BYTES, 'utf8')), 'base64');
}

const TEXT_ROOM = 16_384;
const committed = Buffer.alloc(SALT_BYTES + TEXT_ROOM);

/** Is this the part that the leaf commits to? Both are as the database has them: what is no leaf, or has no salt, commits to nothing. */
export function isCommitted(leaf: string, part: keyof SaltedParts, { text, salt }: SaltedPart): boolean {
  try {
    return (JSON.parse(leaf) as Record<string, unknown>)[part] === commitment({ text, salt });
  } catch {
    return false;
  }
}

/** RFC 3339 in UTC without fractions, as leaves have it. */
export function leafTime(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

function salted(part: object): SaltedPart {
  return { text: canonicalJson(part), salt: randomBytes(SALT_BYTES) };
}
