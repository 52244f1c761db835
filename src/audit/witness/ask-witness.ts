import type { Clock } from '../../platform/clock.js';
import type { WitnessFailure } from '../../platform/event-log.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import { consistencyHashes } from './consistency-hashes.js';
import { findCosignature, type Cosignature } from './cosignature.js';
import { postCheckpoint, Stopped } from './post-checkpoint.js';
import { readAnswer, submissionBody, type Answer } from './submission.js';
import type { Witness } from './witness.js';
import { claimWitness, keepCosignature, keepFailure, releaseWitness, type Claim } from './witness-rows.js';

export interface Asking {
  readonly records: RecordsDatabase;
  readonly clock: Clock;
  /** For one request, its answer included. */
  readonly timeoutMs: number;
  readonly stopping: AbortSignal;
}

/** What came of a pass; `before` is how the last one failed. */
export type Asked =
  | { readonly outcome: 'not due' | 'stopped' }
  | { readonly outcome: 'cosigned'; readonly before?: WitnessFailure }
  | { readonly outcome: 'failed'; readonly failure: WitnessFailure; readonly before?: WitnessFailure };

/**
 * Shows a witness the newest checkpoint, if it is its turn, and keeps its cosignature, if it is a good one. No transaction is open
 * while it is asked. After a crash in the middle the claim ends by itself, and asking again is harmless: the witness says
 * what it is at.
 */
export async function askWitness(asking: Asking, witness: Witness): Promise<Asked> {
  const { records, clock } = asking;
  const { vkey } = witness;
  const claim = await records.acrossSites((tx) => claimWitness(tx, vkey, clock.now()));
  if (!claim) return { outcome: 'not due' };
  const before = claim.failure ? { before: claim.failure } : {};
  try {
    const { result, oldSize } = await submit(asking, witness, claim);
    await records.acrossSites((tx) =>
      typeof result === 'string' ? keepFailure(tx, vkey, claim, result, oldSize, clock.now()) : keepCosignature(tx, vkey, claim, result, clock.now()),
    );
    return typeof result === 'string' ? { outcome: 'failed', failure: result, ...before } : { outcome: 'cosigned', ...before };
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    await records.acrossSites((tx) => releaseWitness(tx, vkey, claim));
    return { outcome: 'stopped' };
  }
}

/** Where the witness is at another size than we thought, once more from there. */
async function submit(asking: Asking, witness: Witness, claim: Claim): Promise<{ readonly result: Cosignature | WitnessFailure; readonly oldSize: number }> {
  let { oldSize } = claim;
  // It cannot have cosigned more than was there: a size it told of before we were restored, or a lie.
  if (oldSize > claim.size) oldSize = 0;
  let answer = await send(asking, witness, claim, oldSize);
  if ('at' in answer) {
    oldSize = answer.at;
    answer = await send(asking, witness, claim, oldSize);
    if ('at' in answer) return { result: 'SIZE_CHANGED', oldSize: answer.at };
  }
  if ('failure' in answer) return { result: answer.failure, oldSize };
  return { result: findCosignature(answer.lines, claim.note, witness.key, asking.clock.now()), oldSize };
}

async function send({ records, timeoutMs, stopping }: Asking, { url }: Witness, { size, note }: Claim, oldSize: number): Promise<Answer> {
  const proof = await records.acrossSites((tx) => consistencyHashes(tx, oldSize, size));
  const answer = await postCheckpoint(url, submissionBody({ oldSize, proof, note, size }), timeoutMs, stopping);
  return typeof answer === 'string' ? { failure: answer } : readAnswer(answer, { oldSize, size });
}
