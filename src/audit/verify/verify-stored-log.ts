import { setImmediate as turn } from 'node:timers/promises';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { Checkpoint } from '../checkpoint.js';
import { LogFault } from '../log-fault.js';
import { rootOf } from '../merkle.js';
import type { SignerState, SignerStateFile } from '../signer-state.js';
import type { SpannedKey } from '../export/follow-keys.js';
import type { VerifierKey } from '../verifier-key.js';
import { findStrays, lookBeside, nameStrays, OtherFilters } from './beside-the-tree.js';
import { Cosigners } from './cosigners.js';
import { keysOfStoredLog } from './keys-of-log.js';
import { LogWalk } from './log-walk.js';
import { nearestNumber } from './nearest-number.js';
import { openSigned } from './open-signed.js';
import { PagesAhead } from './pages-ahead.js';
import type { NamedRoot } from './roots-met.js';
import { forgottenBySigner, isPublished, unlikeRecorded } from './signer-memory.js';
import { checkpointsIn, type CheckpointRow } from './stored-checkpoints.js';
import { verifyCosignatures } from './stored-cosignatures.js';
import { extentOf, headRoot, isGrown, storedExtent, type Extent } from './stored-extent.js';
import { checkNames, storedNames } from './stored-names.js';
import { entriesOf, type StoredPage } from './stored-pages.js';
import { StoredTiles } from './stored-tiles.js';
import type { KeptCheckpoint, SayProgress, VerifiedLog } from './verified-log.js';

/** By what the log is verified: what is not in its database. */
export interface OutsideOfLog {
  /** One that it was signed with, at any time: the log says which came before and after it. */
  readonly key: VerifierKey;
  /** Undefined on another machine than the signer's. */
  readonly signer: SignerStateFile | undefined;
  readonly kept: readonly KeptCheckpoint[];
  /** Of whom the newest cosignature is told; all that are stored are checked. */
  readonly witnesses?: readonly VerifierKey[];
  readonly now: Date;
}

/** Entries between two looks at the connection: pages come in meanwhile, and PostgreSQL waits where more has been sent than the connection holds. */
const AT_ONCE = 32;
const MOST_NAMED = 100;

const STRAY = `SELECT ${nearestNumber('min(index)')} AS index FROM log_index WHERE index < 0 OR $1 < $2::bigint AND index >= $1`;
/** Only the table's owner can have put such rows there. Their entries would be taken for what waits for its place, which is newer than all that has one. */
const NOWHERE = `SELECT ${nearestNumber('entry_id')} AS id FROM log_index WHERE index IS NULL ORDER BY entry_id LIMIT ${MOST_NAMED}`;

/**
 * Verifies the log in its database: every entry against its leaf, every leaf against the tree, the tree against every checkpoint
 * that is stored, kept or remembered by the signer. The service may be at work meanwhile: what is added after the beginning is
 * not looked at, but for what it says of those before it. A page is in memory at a time, and a few on their way.
 */
export async function verifyStoredLog(records: RecordsDatabase, outside: OutsideOfLog, progress: SayProgress): Promise<VerifiedLog> {
  return new StoredLog(records, outside).verify(progress);
}

class StoredLog {
  private readonly walk: LogWalk;
  private readonly tiles: StoredTiles;
  private readonly otherFilters: OtherFilters;
  private readonly cosigners: Cosigners;
  private readonly awaited: NamedRoot[] = [];
  private keys: readonly SpannedKey[] = [];
  private checkpoints = 0;
  private signed: VerifiedLog['signed'];

  constructor(
    private readonly records: RecordsDatabase,
    private readonly outside: OutsideOfLog,
  ) {
    this.tiles = new StoredTiles(records, () => this.walk.findings);
    this.otherFilters = new OtherFilters(records);
    this.walk = new LogWalk((height, hash) => this.tiles.add(height, hash));
    this.cosigners = new Cosigners(outside.witnesses ?? [], this.walk.findings);
  }

  async verify(progress: SayProgress): Promise<VerifiedLog> {
    const { walk, records } = this;
    // The signer's memory first: the database cannot be behind what it was at that moment.
    const state = this.signerState();
    const stored = await records.acrossSites(storedExtent);
    const names = await records.acrossSites(storedNames);
    await this.followKeys(state);
    walk.findings.add(...checkNames(names, this.keys));
    if (state) this.remember(state);
    this.keep();
    const extent = extentOf(stored, Math.max(0, ...this.awaited.map(({ size }) => size)));
    await this.lookOutside(extent);
    const head = headRoot(extent);
    if (head) this.awaited.push(head);
    const strays = findStrays(records);
    strays.catch(() => undefined); // heard where it is awaited
    const pages = new PagesAhead(records, extent.rows);
    for (let next = await pages.next(); next; next = await pages.next()) {
      const { page, checkpoints } = next;
      await this.take(page, this.rootsOf(checkpoints, page.from));
      await this.tiles.compare();
      progress(page.to, extent.rows);
    }
    await this.end(extent, state);
    await this.tiles.end(extent.rows);
    await verifyCosignatures(records, this.keys, this.cosigners, walk.findings);
    const pending = await lookBeside(records, walk);
    walk.end(this.outside.now);
    nameStrays(await strays, this.otherFilters, walk);
    const { size: entries, withParts, findings } = walk;
    return { findings: findings.inOrder(), total: findings.total, entries, withParts, pending, signed: this.signed, checkpoints: this.checkpoints, cosigners: this.cosigners.all() };
  }

  private async take(page: StoredPage, roots: readonly NamedRoot[]): Promise<void> {
    const due = [...roots, ...this.awaited].sort((a, b) => a.size - b.size);
    let next = due.findIndex(({ size }) => size > this.walk.size);
    const unsure: number[] = [];
    for (const entry of entriesOf(page, (index) => this.walk.findings.add({ kind: 'duplicated', index }))) {
      this.walk.add(entry);
      if (entry.isSurelyFiled === false) unsure.push(entry.index);
      for (; next >= 0 && due[next]?.size === this.walk.size; next++) this.walk.meet(due[next]!);
      if (this.signed?.size === this.walk.size) this.signed = { ...this.signed, at: this.walk.newest };
      if (this.walk.size % AT_ONCE === 0) await turn();
    }
    await this.otherFilters.decide(unsure);
  }

  /** The checkpoints that are stored for sizes of this page; the empty tree's are with the first. */
  private rootsOf(rows: readonly CheckpointRow[], from: number): readonly NamedRoot[] {
    const good = this.openAll(rows);
    this.count(good);
    return good.flatMap(({ origin, size, root }): NamedRoot[] => (size > from ? [{ size, root, by: 'checkpoint', name: `${origin} ${size}` }] : []));
  }

  private count(good: readonly Checkpoint[]): void {
    this.checkpoints += good.length;
    const newest = good.at(-1);
    if (newest) this.signed = { origin: newest.origin, size: newest.size, at: '' };
  }

  /** Those that are good. */
  private openAll(rows: readonly CheckpointRow[]): readonly Checkpoint[] {
    return rows.flatMap(({ origin, size, note }): Checkpoint[] => {
      const opened = openSigned(note, this.keys);
      if (typeof opened !== 'string' && opened.origin === origin && opened.size === size) return [opened];
      this.walk.findings.add({ kind: typeof opened === 'string' ? opened : 'checkpoint-misplaced', size, name: `${origin} ${size}` });
      return [];
    });
  }

  private signerState(): SignerState | undefined {
    try {
      return this.outside.signer?.read();
    } catch (error) {
      if (!(error instanceof LogFault)) throw error;
      this.walk.findings.add({ kind: 'state-differs', fault: error.code });
      return undefined;
    }
  }

  private remember({ origin, signed, note }: SignerState): void {
    if (signed.size === 0 && note === '') return;
    const opened = openSigned(note, this.keys);
    if (typeof opened === 'string') this.walk.findings.add({ kind: opened, name: 'signer' });
    else if (opened.origin !== origin || opened.size !== signed.size || !rootOf(signed).equals(opened.root)) this.walk.findings.add({ kind: 'state-differs' });
    else this.awaited.push({ size: opened.size, root: opened.root, by: 'signer', name: 'signer' });
  }

  private keep(): void {
    for (const { name, note } of this.outside.kept) {
      const opened = openSigned(note, this.keys);
      if (typeof opened === 'string') this.walk.findings.add({ kind: opened, name });
      else {
        this.checkpoints++;
        this.cosigners.take(note, opened.size, name);
        this.awaited.push({ size: opened.size, root: opened.root, by: 'kept', name });
      }
    }
  }

  /** To the newest one there is at that moment. */
  private async followKeys(state: SignerState | undefined): Promise<void> {
    this.keys = await this.records.acrossSites((tx) => keysOfStoredLog(tx, this.outside.key, state?.changes));
  }

  /** Rows of no place that is gone through. Those that the sequencer adds from now on are none of them. */
  private async lookOutside({ last, rows }: Extent): Promise<void> {
    const [{ index }] = (await this.records.acrossSites((tx) => tx.query(STRAY, [rows, last]))) as [{ index: number | null }];
    if (index !== null) this.walk.findings.add({ kind: 'added', index, to: last });
    const nowhere = await this.records.acrossSites((tx) => tx.query<{ id: number | null }>(NOWHERE));
    this.walk.findings.addAll(nowhere.map(({ id }) => ({ kind: 'added', ...(id === null ? {} : { entryId: id }) })));
  }

  /** How much was signed and is not there: what came meanwhile is signed meanwhile, with keys that may have come meanwhile. */
  private async signedBeyond(rows: number, state: SignerState | undefined): Promise<number> {
    const beyond = await this.records.acrossSites((tx) => checkpointsIn(tx, rows, 'all'));
    if (beyond.length === 0) return 0;
    await this.followKeys(state);
    const good = this.openAll(beyond);
    const size = good.at(-1)?.size ?? 0;
    if (await this.records.acrossSites((tx) => isGrown(tx, rows, size))) return 0;
    this.count(good);
    return size;
  }

  /** What is counted and not there, and what is there and not counted. */
  private async end(extent: Extent, state: SignerState | undefined): Promise<void> {
    const { findings } = this.walk;
    const { head, heads, rows } = extent;
    if (head === null || heads > 1 || (head > 0 && !headRoot(extent))) findings.add({ kind: 'head-differs', ...(head === null ? {} : { size: head }) });
    const counted = Math.max(head ?? 0, await this.signedBeyond(rows, state));
    if (counted > rows) findings.add({ kind: 'truncated', index: rows, size: counted });
    if (head !== null && head < rows) findings.add((this.signed?.size ?? 0) > head || head < 0 ? { kind: 'head-differs', size: head } : { kind: 'added', index: head, to: rows });
    for (const { size, name } of this.awaited) if (size > rows && name !== 'head') findings.add({ kind: 'rolled-back', index: rows, size, name });
    if (state && state.note !== '' && !(await isPublished(this.records, state))) findings.add({ kind: 'checkpoint-missing', size: state.signed.size, name: `${state.origin} ${state.signed.size}` });
    if (state) findings.add(...(await unlikeRecorded(this.records, state, findings.kept, ['signer', ...this.outside.kept.map(({ name }) => name)])));
    const forgotten = this.outside.signer && (await forgottenBySigner(this.records, this.outside.signer, this.keys));
    if (forgotten) findings.add(forgotten);
  }
}
