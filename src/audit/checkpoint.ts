import { openNote } from './signed-note.js';
import type { TreeHead } from './verify-proof.js';
import type { VerifierKey } from './verifier-key.js';

/** What a log says of itself at one moment: C2SP tlog-checkpoint. */
export interface Checkpoint extends TreeHead {
  readonly origin: string;
}

/** The body of the note: origin, size, root, a line each. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** Extension lines after the third are allowed and left alone. @returns undefined when it is no checkpoint */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [, origin, digits, encoded] = /^([^\n]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]+=)\n(?:[^\n]+\n)*$/u.exec(text) ?? [];
  if (origin === undefined || digits === undefined || encoded === undefined) return undefined;
  const [size, root] = [Number(digits), Buffer.from(encoded, 'base64')];
  if (!Number.isSafeInteger(size) || root.length !== 32 || root.toString('base64') !== encoded) return undefined;
  return { origin, size, root };
}

/**
 * Opens a signed checkpoint of the log that the key belongs to.
 * @returns undefined when the signature, the form or the origin is not that log's
 */
export function openCheckpoint(note: string, key: VerifierKey): Checkpoint | undefined {
  const text = openNote(note, key);
  const checkpoint = text === undefined ? undefined : parseCheckpoint(text);
  return checkpoint?.origin === key.name ? checkpoint : undefined;
}
