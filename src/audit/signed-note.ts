import { verify } from 'node:crypto';
import { isNoteName, type VerifierKey } from './verifier-key.js';

/** A signed note: C2SP signed-note. The text ends in a newline and is what the signatures are over. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** Four bytes that tell which of the name's keys signed. */
  readonly keyId: Buffer;
  readonly signature: Buffer;
}

const SIGNATURE_LINE = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/u;
const MAX_SIGNATURES = 100;
const MAX_LENGTH = 1_000_000;

export function formatNote({ text, signatures }: SignedNote): string {
  if (!isNoteText(text)) throw new TypeError('not the text of a note');
  return `${text}\n${signatures.map(formatSignature).join('')}`;
}

/** Takes a note apart without believing any of it: all of it may come from an attacker. @returns undefined when it is none */
export function parseNote(note: string): SignedNote | undefined {
  // The signatures begin after the last empty line: the text may hold empty lines of its own.
  const end = note.lastIndexOf('\n\n');
  if (note.length > MAX_LENGTH || end === -1 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  const signatures = lines.map(parseSignature);
  if (!isNoteText(text) || lines.length > MAX_SIGNATURES || !signatures.every((s) => s !== undefined)) return undefined;
  return { text, signatures };
}

/**
 * Opens a note that this key must have signed. Signatures of other keys are passed over, as the specification asks.
 * @returns the text, or undefined when the key's signature is missing or wrong
 */
export function openNote(note: string, key: VerifierKey): string | undefined {
  const parsed = parseNote(note);
  const ours = parsed?.signatures.filter(({ name, keyId }) => name === key.name && keyId.equals(key.keyId)) ?? [];
  if (!parsed || ours.length === 0) return undefined;
  const message = Buffer.from(parsed.text, 'utf8');
  return ours.every(({ signature }) => verify(null, message, key.publicKey, signature)) ? parsed.text : undefined;
}

/** Does the note bear a signature under the key's name and id? Says nothing of whether it is good. */
export function namesKey(note: string, { name, keyId }: Pick<VerifierKey, 'name' | 'keyId'>): boolean {
  return parseNote(note)?.signatures.some((signature) => signature.name === name && signature.keyId.equals(keyId)) ?? false;
}

/** A line of a note: its newline stands at the end. */
export function formatSignature({ name, keyId, signature }: NoteSignature): string {
  return `\u2014 ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;
}

function parseSignature(line: string): NoteSignature | undefined {
  const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
  if (name === undefined || encoded === undefined || !isNoteName(name)) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length <= 4 || bytes.toString('base64') !== encoded) return undefined;
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/** Ends in a newline, well-formed, and without control characters other than newlines. */
function isNoteText(text: string): boolean {
  return text.endsWith('\n') && !/[\u0000-\u0009\u000b-\u001f\p{Surrogate}]/u.test(text);
}
