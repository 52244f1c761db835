import type { Cosigner } from './cosigners.js';
import type { Finding } from './finding.js';

/** A checkpoint that somebody kept: where it came from, and the signed note. */
export interface KeptCheckpoint {
  readonly name: string;
  readonly note: string;
}

/** What was looked at, and what was found. */
export interface VerifiedLog {
  /** The first bad entry first. */
  readonly findings: readonly Finding[];
  /** Of all, also where there are more than were kept. */
  readonly total: number;
  readonly entries: number;
  readonly withParts: number;
  /** Written and without a place in the tree yet; undefined where nothing tells. */
  readonly pending: number | undefined;
  /** The newest checkpoint that was found good, and when the last entry that it covers was written (empty where it covers none); undefined when there is none. */
  readonly signed: { readonly origin: string; readonly size: number; readonly at: string } | undefined;
  /** Checkpoints whose roots the tree had to have. */
  readonly checkpoints: number;
  /** The witnesses that are known, and what they have cosigned. */
  readonly cosigners: readonly Cosigner[];
}

export type SayProgress = (done: number, total: number) => void;
