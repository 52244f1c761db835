/**
 * An entry of the log as an outsider has it: its leaf is in the signed tree, and its parts are what the leaf commits to. Written
 * by another version of this service it may be, so nothing else is taken for granted.
 */
export interface CheckedEntry {
  readonly index: number;
  readonly kind: string;
  /** RFC 3339. */
  readonly time: string;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
}

/** The log's entries do not say what is needed to work out what was due. */
export class LogUnclear extends Error {
  override readonly name = 'LogUnclear';
}
