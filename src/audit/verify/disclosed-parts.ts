import { hash } from 'node:crypto';

export const SALT_BYTES = 32;
export const PART_NAMES = ['actor', 'subject', 'context'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** The parts of an entry that were not pruned, as whichever store has them. All of it may come from an attacker. */
export interface DisclosedParts {
  /** How many of them are there. */
  readonly count: number;
  has(part: PartName): boolean;
  /** SHA-256(salt ‖ part) in base64; the empty text where the salt has another length than salts have; undefined where the part is not there. */
  commitment(part: PartName): string | undefined;
  /** Of a part that is there. */
  text(part: PartName): string;
  /** Of a part that is there. */
  salt(part: PartName): Buffer;
}

/** @param saltAndText one after the other */
export function commitmentText(saltAndText: Uint8Array, saltBytes: number): string {
  return saltBytes === SALT_BYTES ? hash('sha256', saltAndText, 'base64') : '';
}

/** Of an entry whose parts are gone, or that is gone itself. */
export const NO_PARTS: DisclosedParts = { count: 0, has: () => false, commitment: () => undefined, text: () => '', salt: () => Buffer.alloc(0) };
