import { openCheckpoint, type Checkpoint } from './checkpoint.js';
import type { VerifierKey } from './verifier-key.js';
import { verifyInclusion } from './verify-proof.js';

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
/** Of a leaf in the largest tree whose size is a safe integer. */
const LONGEST_PROOF = 53;

/** What shows without any database that an entry is in a signed tree: C2SP tlog-proof. */
export interface TlogProof {
  readonly index: number;
  /** From the leaf's sibling up to the root's child (RFC 6962, section 2.1.1). */
  readonly hashes: readonly Uint8Array[];
  /** The checkpoint as it was signed. */
  readonly checkpoint: string;
}

export function formatTlogProof({ index, hashes, checkpoint }: TlogProof): string {
  const lines = hashes.map((hash) => Buffer.from(hash).toString('base64'));
  return `${[FIRST_LINE, `index ${index}`, ...lines].join('\n')}\n\n${checkpoint}`;
}

/**
 * Takes a proof apart without believing any of it. A line of extra data is passed over: nothing vouches for it.
 * @returns undefined when it is none
 */
export function parseTlogProof(text: string): TlogProof | undefined {
  const end = text.indexOf('\n\n');
  if (end === -1) return undefined;
  const [first, ...rest] = text.slice(0, end).split('\n');
  const lines = rest[0] !== undefined && isExtra(rest[0]) ? rest.slice(1) : rest;
  const [, digits] = /^index (0|[1-9]\d*)$/.exec(lines[0] ?? '') ?? [];
  const hashes = lines.slice(1).map(hashOf);
  const index = Number(digits);
  if (first !== FIRST_LINE || !Number.isSafeInteger(index) || hashes.length > LONGEST_PROOF || !hashes.every((hash) => hash !== undefined)) return undefined;
  return { index, hashes, checkpoint: text.slice(end + 2) };
}

/**
 * Checks that an entry is in a tree that the key signed. Everything but the key may come from an attacker.
 * @param leafHash of the entry, computed by whoever checks
 * @returns the tree and the entry's place in it, undefined when the proof does not show it
 */
export function verifyTlogProof(text: string, leafHash: Uint8Array, key: VerifierKey): { readonly index: number; readonly checkpoint: Checkpoint } | undefined {
  const proof = parseTlogProof(text);
  const checkpoint = proof && openCheckpoint(proof.checkpoint, key);
  if (!checkpoint || !verifyInclusion(proof.index, checkpoint.size, leafHash, proof.hashes, checkpoint.root)) return undefined;
  return { index: proof.index, checkpoint };
}

function isExtra(line: string): boolean {
  const [, encoded] = /^extra ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
  return encoded !== undefined && Buffer.from(encoded, 'base64').toString('base64') === encoded;
}

function hashOf(line: string): Buffer | undefined {
  const hash = Buffer.from(line, 'base64');
  return hash.length === 32 && hash.toString('base64') === line ? hash : undefined;
}
