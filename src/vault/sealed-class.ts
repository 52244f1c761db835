import { hash } from 'node:crypto';
import { RETENTION_CLASSES, type RetentionClass } from '../catalogue/retention-class.js';
import { uuidBytes, wipe } from '../crypto/bytes.js';
import { keyedHash } from '../crypto/keyed-hash.js';
import type { PaddedCells } from '../crypto/padded-cells.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import { openSection, sealSection } from '../crypto/section-cipher.js';
import type { AccessTicket } from './access-ticket.js';

/** Which section: all of it is bound into the sealed bytes and checked on opening. */
export interface ClassPlace {
  readonly siteId: string;
  readonly intakeId: string;
  readonly class: RetentionClass;
  readonly catalogueVersion: number;
  readonly intakeVersion: number;
}

/** Both halves of what opens a class: the intake key says who, the life share until when. */
export interface ClassKeys {
  readonly intakeKey: Uint8Array;
  readonly share: Uint8Array;
}

export interface SealedClass {
  readonly bytes: Uint8Array;
  /** SHA-256 in hex, for the log entry of the write. */
  readonly digest: string;
}

export function sealClass(keys: ClassKeys, place: ClassPlace, cells: PaddedCells): SealedClass {
  const classKey = classKeyOf(keys, place);
  const bytes = sealSection(classKey, { ...place, classNumber: classNumber(place.class) }, cells);
  wipe(classKey);
  return { bytes, digest: sectionDigest(bytes) };
}

/**
 * Opens cells of one section for whoever holds the ticket.
 * @param digest what the access log says was written last: a row brought back from an older backup differs
 * @returns the wanted cells, in the order in which they were asked for
 * @throws SealRefusal, and Error when the ticket does not allow it
 */
export function openClass(
  ticket: AccessTicket,
  keys: ClassKeys,
  place: ClassPlace,
  sealed: { readonly bytes: Uint8Array; readonly digest: string | undefined },
  widths: readonly number[],
  wanted?: readonly number[],
): PaddedCells {
  ticket.mustAllow(place.siteId, place.intakeId, place.class);
  if (sectionDigest(sealed.bytes) !== sealed.digest) throw new SealRefusal('DIGEST_WRONG');
  const classKey = classKeyOf(keys, place);
  try {
    return openSection(classKey, { ...place, classNumber: classNumber(place.class) }, sealed.bytes, widths, wanted);
  } finally {
    wipe(classKey);
  }
}

export function sectionDigest(bytes: Uint8Array): string {
  return hash('sha256', bytes);
}

/** Numbers of the classes in section headers (docs/formats.md): their order is part of the format. */
export function classNumber(retentionClass: RetentionClass): number {
  return RETENTION_CLASSES.indexOf(retentionClass) + 1;
}

function classKeyOf({ intakeKey, share }: ClassKeys, place: ClassPlace): Uint8Array {
  return keyedHash(intakeKey, 'class-key', share, uuidBytes(place.siteId), uuidBytes(place.intakeId), place.class);
}
