import { openCheckpoint, parseCheckpoint } from '../checkpoint.js';
import { TILE_WIDTH } from '../export/tile-path.js';
import { parseNote } from '../signed-note.js';
import type { SpannedKey } from '../export/follow-keys.js';
import { parseVerifierKey, sameKey, verifierKey, type VerifierKey } from '../verifier-key.js';
import { bundlesOf } from './committed-parts.js';
import { Cosigners } from './cosigners.js';
import { ExportedLevels } from './exported-levels.js';
import { fileOr } from './exported-files.js';
import { ExportedPages } from './exported-pages.js';
import type { Findings } from './finding.js';
import { handOverRoots } from './hand-over-roots.js';
import { keysOfExport, listedSizes } from './keys-of-log.js';
import { LogWalk } from './log-walk.js';
import { openSigned } from './open-signed.js';
import { partsInThread, partsInTurn, type PartsAhead } from './parts-ahead.js';
import type { NamedRoot } from './roots-met.js';
import { ToldChanges } from './told-changes.js';
import { unexpectedFiles } from './unexpected-files.js';
import type { KeptCheckpoint, SayProgress, VerifiedLog } from './verified-log.js';

/** From so many entries on a second thread saves more time than it takes to start. */
const THREAD_FROM = 20_000;

/**
 * Verifies an export without any database: as `verifyStoredLog`, by its own checkpoint and those that were kept. All of the
 * export may come from an attacker. Cosignatures under these checkpoints are checked for the witnesses that are known. A few bundles are in memory at a time. Of a large one a thread of its own hashes the disclosed parts.
 */
export async function verifyExportedLog(
  directory: string,
  known: VerifierKey,
  kept: readonly KeptCheckpoint[],
  progress: SayProgress,
  witnesses: readonly VerifierKey[] = [],
  partsOf = (size: number): PartsAhead => (size < THREAD_FROM ? partsInTurn(directory, size) : partsInThread(directory, size)),
): Promise<VerifiedLog> {
  const keys = keysOfExport(directory, known);
  const levels: ExportedLevels = new ExportedLevels(directory, () => walk.findings);
  const walk = new LogWalk((height, hash) => levels.add(height, hash));
  const { findings } = walk;
  const cosigners = new Cosigners(witnesses, findings);
  const { own, size, origin, signer } = ownCheckpoint(directory, keys, findings, cosigners);
  const handOvers = handOverRoots(directory, keys);
  const roots = [...(own ? [own] : []), ...handOvers.roots, ...keptRoots(kept, keys, findings, cosigners)].sort((a, b) => a.size - b.size);
  checkVkey(directory, keys, findings);
  let next = roots.findIndex((root) => root.size > 0);
  const told = new ToldChanges();
  const pages = new ExportedPages(directory, size, findings, told);
  const parts = partsOf(size);
  try {
    for (let number = 0; number < bundlesOf(size); number++) {
      for (const entry of pages.page(number, await parts.next())) {
        walk.add(entry);
        for (; next >= 0 && roots[next]?.size === walk.size; next++) walk.meet(roots[next]!);
      }
      if (walk.size < Math.min(size, (number + 1) * TILE_WIDTH)) break;
      progress(walk.size, size);
    }
  } finally {
    await parts.close();
  }
  if (walk.size < size) findings.add({ kind: 'truncated', index: walk.size, size });
  for (const root of roots) if (root.size > size) findings.add({ kind: 'rolled-back', index: size, size: root.size, name: root.name });
  levels.end();
  const isListGood = signer === undefined || told.check(directory, signer, findings);
  for (const finding of handOvers.findings) if (!findings.kept.some(({ name }) => name === finding.name)) findings.add(finding);
  if (own) for await (const file of unexpectedFiles(directory, size, isListGood ? listedSizes(directory) : undefined)) findings.add(file);
  walk.end(new Date(walk.latest)); // a writer's last counters can have been under way when the export was made
  const signed = own?.by === 'checkpoint' ? { origin, size, at: walk.newest } : undefined;
  return { findings: findings.inOrder(), total: findings.total, entries: walk.size, withParts: walk.withParts, pending: undefined, signed, checkpoints: roots.length, cosigners: cosigners.all() };
}

interface OwnCheckpoint {
  readonly own?: NamedRoot;
  readonly size: number;
  readonly origin: string;
  readonly signer?: VerifierKey | undefined;
}

/** How long the export says that it is, and by what: where its checkpoint is not signed as it must be, it is followed all the same. */
function ownCheckpoint(directory: string, keys: readonly SpannedKey[], findings: Findings, cosigners: Cosigners): OwnCheckpoint {
  const note = fileOr(directory, 'checkpoint', findings)?.toString('utf8');
  if (note === undefined) return { size: 0, origin: '' };
  const opened = openSigned(note, keys);
  if (typeof opened !== 'string') {
    cosigners.take(note, opened.size, 'checkpoint');
    const signer = keys.map(({ key }) => verifierKey(opened.origin, key.publicKey)).findLast((key) => openCheckpoint(note, key) !== undefined);
    return { own: { ...opened, by: 'checkpoint', name: 'checkpoint' }, size: opened.size, origin: opened.origin, signer };
  }
  findings.add({ kind: opened, name: 'checkpoint' });
  const claimed = parseCheckpoint(parseNote(note)?.text ?? '');
  return claimed ? { own: { ...claimed, by: 'head', name: 'checkpoint' }, size: claimed.size, origin: claimed.origin } : { size: 0, origin: '' };
}

function keptRoots(kept: readonly KeptCheckpoint[], keys: readonly SpannedKey[], findings: Findings, cosigners: Cosigners): readonly NamedRoot[] {
  return kept.flatMap(({ name, note }): NamedRoot[] => {
    const opened = openSigned(note, keys);
    if (typeof opened === 'string') {
      findings.add({ kind: opened, name });
      return [];
    }
    cosigners.take(note, opened.size, name);
    return [{ ...opened, by: 'kept', name }];
  });
}

/** The key that the export names as its log's must be the newest that the known one leads to. */
function checkVkey(directory: string, keys: readonly SpannedKey[], findings: Findings): void {
  const own = parseVerifierKey(fileOr(directory, 'vkey', findings)?.toString('utf8').trim() ?? '');
  if (!own || !sameKey(own, keys.at(-1)!.key)) findings.add({ kind: 'wrong-key', name: 'vkey' });
}
