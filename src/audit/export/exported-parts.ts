import { commitment } from '../leaf.js';
import type { StoredEntry } from '../stored-entry.js';

const NAMES = ['actor', 'subject', 'context'] as const;

/** A part as it was committed to, and the salt that opens the commitment, in base64: of a line that was parsed, which may hold anything. */
interface ExportedPart {
  readonly part: unknown;
  readonly salt: unknown;
}

/** The disclosed parts of an entry; without those that were pruned. */
type ExportedParts = { readonly index: number } & { readonly [N in (typeof NAMES)[number]]?: ExportedPart };

/** Of a line that was parsed, which may hold anything. */
export type ParsedLine = Readonly<Partial<Record<(typeof NAMES)[number], { readonly part?: unknown; readonly salt?: unknown } | null>>> & { readonly index?: unknown };

/** One line of JSON. */
export function partsLine(stored: Pick<StoredEntry, 'index' | (typeof NAMES)[number] | `${(typeof NAMES)[number]}_salt`>): string {
  const parts = NAMES.flatMap((name) => {
    const [part, salt] = [stored[name], stored[`${name}_salt`]];
    return part === null || salt === null ? [] : [[name, { part, salt: salt.toString('base64') }] as const];
  });
  return `${JSON.stringify({ index: stored.index, ...Object.fromEntries(parts) })}\n`;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The line, without its line feed, by which an export would say what was parsed: each known member once, in its place, and no other. Of a member that is
 * doubled the last one counts to a parser, and the first to a reader's eye: such a line is not the one that is written.
 * @returns undefined where there is none: of what is nested too deep, and of a text that UTF-8 cannot hold
 */
export function writtenLine(line: ParsedLine): string | undefined {
  const parts = NAMES.flatMap((name) => {
    const given = line[name];
    return given === undefined ? [] : [[name, typeof given === 'object' && given !== null ? { part: given.part, salt: given.salt } : given] as const];
  });
  if (NAMES.some((name) => typeof line[name]?.part === 'string' && LONE_SURROGATE.test(line[name].part))) return undefined;
  try {
    return JSON.stringify({ index: line.index, ...Object.fromEntries(parts) });
  } catch {
    return undefined;
  }
}

const SALT_BYTES = 32;
/** In base64. */
export const SALT_LENGTH = 44;
/** Of 43 digits the last has two bits that are of no byte. */
const LAST_DIGITS = 'AEIMQUYcgkosw048';

/**
 * Writes the bytes of a salt, where it is one in the one way in which base64 has it (RFC 4648, 4). Decoding passes over all that is no digit and takes those of
 * base64url; but 43 characters before the padding give 32 bytes only where each of them is one or the other.
 * @param into its first 32 bytes
 * @returns whether it is one
 */
export function writeSalt(salt: unknown, into: Buffer): boolean {
  if (typeof salt !== 'string' || salt.length !== SALT_LENGTH || salt[SALT_LENGTH - 1] !== '=' || !LAST_DIGITS.includes(salt[SALT_LENGTH - 2]!)) return false;
  return into.write(salt, 0, 'base64') === SALT_BYTES && !salt.includes('-') && !salt.includes('_');
}

/** The parts of an entry, as objects. */
export type OpenedParts = { readonly [N in (typeof NAMES)[number]]?: Readonly<Record<string, unknown>> };

/**
 * Opens a line against the leaf that it belongs to. Both may come from an attacker.
 * @returns the name of what is not as the leaf commits to it: a part, or the line itself
 */
export function openParts(line: string, index: number, leaf: Readonly<Record<string, unknown>>): OpenedParts | (typeof NAMES)[number] | 'line' {
  const exported = parsed(line);
  if (exported?.index !== index || writtenLine(exported) !== line) return 'line';
  const opened: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const name of NAMES) {
    const given = exported[name];
    if (given === undefined) continue;
    const value = openPart(given, leaf[name]);
    if (!value) return name;
    opened[name] = value;
  }
  return opened;
}

function openPart(given: ExportedPart, committed: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const { part, salt } = given;
    const bytes = Buffer.alloc(SALT_BYTES);
    if (typeof part !== 'string' || !writeSalt(salt, bytes) || commitment({ text: part, salt: bytes }) !== committed) return undefined;
    return JSON.parse(part) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

function parsed(line: string): ExportedParts | undefined {
  try {
    return JSON.parse(line) as ExportedParts;
  } catch {
    return undefined;
  }
}
