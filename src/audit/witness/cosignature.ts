import { verify } from 'node:crypto';
import type { WitnessFailure } from '../../platform/event-log.js';
import { parseCheckpoint } from '../checkpoint.js';
import { formatSignature, parseNote, type NoteSignature } from '../signed-note.js';
import type { VerifierKey } from '../verifier-key.js';

/** Clocks differ; a cosignature is made while we wait for it. */
const TOLERANCE_SECONDS = 600;
const TIME_BYTES = 8;
/** No Date holds a later one. */
const LATEST_SECONDS = 8_640_000_000_000;

/** A good cosignature of a checkpoint. */
export interface Cosignature {
  /** As a signed note has it, newline and all. */
  readonly line: string;
  /** When the witness made it, by its own clock. */
  readonly at: Date;
}

/** C2SP tlog-cosignature, "Ed25519 signed message". @param text of the checkpoint, without signatures */
export function cosignedMessage(text: string, seconds: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, 'utf8');
}

/** Checks one against the checkpoint's text. @returns when it was made, in seconds since 1970; undefined when it is not the key's */
export function openCosignature(text: string, { signature }: NoteSignature, key: VerifierKey): number | undefined {
  if (signature.length !== TIME_BYTES + 64) return undefined;
  const seconds = Number(signature.readBigUInt64BE());
  if (seconds > LATEST_SECONDS) return undefined;
  return verify(null, cosignedMessage(text, seconds), key.publicKey, signature.subarray(TIME_BYTES)) ? seconds : undefined;
}

/**
 * Checks one as it is kept: a line beside the checkpoint that it was made for. Whoever is at the database may have written either.
 * @returns when the witness made it, by its own clock; undefined when it is none of that checkpoint by this key
 */
export function keptCosignature({ origin, size, note, line }: KeptCosignature, key: VerifierKey): Date | undefined {
  const text = parseNote(note)?.text ?? '';
  const checkpoint = parseCheckpoint(text);
  const [own, ...more] = parseNote(`${text}\n${line}`)?.signatures ?? [];
  if (checkpoint?.origin !== origin || checkpoint.size !== size || !own || more.length > 0) return undefined;
  const seconds = own.name === key.name && own.keyId.equals(key.keyId) ? openCosignature(text, own, key) : undefined;
  return seconds === undefined ? undefined : new Date(seconds * 1000);
}

export interface KeptCosignature {
  readonly origin: string;
  readonly size: number;
  /** The checkpoint, signed. */
  readonly note: string;
  readonly line: string;
}

/**
 * Looks for the cosignature of a witness in what it answered, which may be anything. Lines of other keys are passed over, as the
 * specification asks.
 * @param note the checkpoint that it was sent
 */
export function findCosignature(answer: string, note: string, key: VerifierKey, now: Date): Cosignature | WitnessFailure {
  const text = parseNote(note)!.text;
  const signatures = parseNote(`${text}\n${answer}`)?.signatures;
  if (!signatures) return 'ANSWER_MALFORMED';
  const own = signatures.filter(({ name, keyId }) => name === key.name && keyId.equals(key.keyId));
  const times = own.map((signature) => openCosignature(text, signature, key));
  const [[cosignature], [seconds]] = [own, times];
  if (!cosignature) return 'NO_COSIGNATURE';
  if (seconds === undefined || times.includes(undefined)) return 'SIGNATURE_WRONG';
  if (Math.abs(seconds - now.getTime() / 1000) > TOLERANCE_SECONDS) return 'TIME_WRONG';
  return { line: formatSignature(cosignature), at: new Date(seconds * 1000) };
}
