import type { RetentionClass } from '../catalogue/retention-class.js';
import { uuidBytes } from '../crypto/bytes.js';
import { context } from '../crypto/context.js';
import { hashUnderKeys } from '../crypto/hash-under-keys.js';
import { keyedHash } from '../crypto/keyed-hash.js';
import { unwrap, wrap } from '../crypto/wrap.js';
import { unseen } from '../platform/any-plan.js';
import type { Bucket } from './buckets.js';

const TAG_BYTES = 16;
const TAG_LABEL = 'lookup-tag';

/** Where a lookup row belongs. */
export interface LookupPlace {
  readonly intakeId: string;
  readonly slot: number;
  readonly version: number;
}

/** What a value is found by: only whoever holds the site's lookup key of that filing year can compute it. */
export function lookupTerm(lookupKey: Uint8Array, field: string, value: string): Uint8Array {
  return keyedHash(lookupKey, 'lookup-term', field, value);
}

/**
 * Stands in for what nobody has asked about yet, so that every intake has the same number of rows. Made like a term, so that
 * it keeps its tag from save to save as a value does: who has two copies of the key store does not see which rows hold something.
 */
export function untouchedTerm(lookupKey: Uint8Array, intakeId: string, slot: number): Uint8Array {
  return keyedHash(lookupKey, 'lookup-blank', uuidBytes(intakeId), slot);
}

/** The same for what was asked and left blank: the tag changes with the asking, as it does where there is an answer. */
export function leftBlankTerm(lookupKey: Uint8Array, intakeId: string, slot: number): Uint8Array {
  return keyedHash(lookupKey, 'lookup-left-blank', uuidBytes(intakeId), slot);
}

/** 16 bytes that stand for the term inside one bucket, and die with it: equal terms of two buckets look unrelated. */
export function lookupTag(bucketKey: Uint8Array, term: Uint8Array): Uint8Array {
  return keyedHash(bucketKey, TAG_LABEL, term).slice(0, TAG_BYTES);
}

/** The tags of these terms in each of many buckets, one after the other. @param keys of the buckets, one after the other */
export function lookupTagsIn(keys: Uint8Array, terms: readonly Uint8Array[]): Uint8Array {
  return hashUnderKeys(keys, terms.map((term) => context(TAG_LABEL, term)), TAG_BYTES);
}

/** SQL: the intakes that have one of the tags in such a value. @param tags parameter */
export function taggedSql(tags: string): string {
  return `SELECT intake_id FROM lookup WHERE tag = ANY (ARRAY(
      SELECT substr(given.tags, ${TAG_BYTES} * n + 1, ${TAG_BYTES})
      FROM (SELECT ${unseen(tags, 'bytea')} AS tags) given, generate_series(0, length(given.tags) / ${TAG_BYTES} - 1) AS n))`;
}

/** Wraps the term beside its tag, so that a run can carry the row into another bucket with nobody signed in. */
export function sealTerm(bucket: Bucket, place: LookupPlace, term: Uint8Array): Uint8Array {
  return wrap(bucket.key, term, termContext(bucket, place));
}

export function openTerm(bucket: Bucket, place: LookupPlace, sealed: Uint8Array): Uint8Array {
  return unwrap(bucket.key, sealed, termContext(bucket, place));
}

function termContext(bucket: { readonly id: string; readonly siteId: string; readonly class: RetentionClass }, place: LookupPlace): Uint8Array {
  return context(
    'lookup',
    uuidBytes(bucket.siteId),
    uuidBytes(place.intakeId),
    bucket.class,
    place.slot,
    place.version,
    uuidBytes(bucket.id),
  );
}
