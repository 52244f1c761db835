import type { LogFaultCode } from '../log-fault.js';

/**
 * What is wrong with an entry or with what stands beside it.
 * - `part-changed`, `salt-changed`: a part says what no entry says, or was taken out of a row that has others, a salt has another length or stands at another part as well;
 *   `part-or-salt-changed`: one commitment is over both, and nothing shows which of them it was
 * - `leaf-changed`, `hash-changed`: of the leaf and its hash in the index the one that does not give the signed root;
 *   `leaf-or-hash-changed` where no signed root decides it; `leaf-malformed`: it hashes right and is no leaf
 * - `columns-changed`, `filed-elsewhere`: kind, time, epoch or counter, or site or intake, of the entry or of its parts, are not as leaf and subject say
 * - `removed`, `reordered` (it belongs to `other`), `duplicated` (it stands at `other` as well), `added`: its place is the matter
 * - `changed`: the entries from `from` to `to` are not those that were signed, and leaf and index were changed alike
 * - `renumbered`: its id in the database is not of the order of the tree: a write of its intake that stands before it has a higher one
 * - `parts-gone`: its parts are not there, and no pruning that the log tells of took them, or it is of an intake that is still there; the first of its day
 * - `pruned-differs`: which of the entries from `from` to `to` have no parts, or the site or intake of one of these, is not as the last pruning left it; or was not, where a later one came upon it, or before they were pruned
 * - `counter-missing`: a writer's counters that no entry and no later `voided` accounts for
 * - `counters-untold`: too many writers or gaps to keep count of
 */
export type EntryFindingKind =
  | 'part-changed' | 'salt-changed' | 'part-or-salt-changed' | 'leaf-changed' | 'hash-changed' | 'leaf-or-hash-changed' | 'leaf-malformed' | 'columns-changed' | 'filed-elsewhere'
  | 'removed' | 'reordered' | 'duplicated' | 'added' | 'changed' | 'counter-missing' | 'counters-untold' | 'renumbered' | 'pruned-differs'
  /** Entries written and neither in the tree nor waiting; waiting and not there, or there already, or waiting twice; parts of no entry. */
  | 'never-sequenced' | 'pending-without-entry' | 'pending-again' | 'parts-without-entry'
  /** Auditors would find it by what it does not say, or not at all; find what is no entry of the tree. */
  | 'filter-changed' | 'filter-without-entry'
  /** A line of an export that is not the entry's. */
  | 'parts-line-wrong' | 'parts-gone';

/**
 * What is wrong with the tree, its checkpoints or who keeps them.
 * - `truncated`: entries are missing at the end that the head or a checkpoint beside them counts; `rolled-back`: that somebody
 *   outside remembers (the signer's file, a kept checkpoint), and nothing beside them does
 * - `forked`: a checkpoint is signed, and the tree as it goes on does not begin with what it says
 * - `state-differs`: what the signer remembers cannot be read (`fault`), is not of the log's newest name and checkpoint (`name`), or contradicts itself
 * - `checkpoints-missing`: so many (`count`) that the signer has recorded are not there, whichever; `recorded-differs`: names, keys, checkpoints or their times are not as it has recorded them
 * - `key-missing`: the key that a name of the log began with is not in the list of its keys, which is handed out
 * - `file-differs`: a file of an export holds something else, or more, than an export of this log has there
 * - `file-added`: a file or a directory that no export of a log of this size has
 * - `wrong-key`, `bad-signature`: not signed with the log's key; signed with it and changed since, or the cosignature of a `witness` under it is none
 */
export type TreeFindingKind =
  | 'truncated' | 'rolled-back' | 'forked' | 'head-differs' | 'wrong-key' | 'key-missing' | 'bad-signature'
  | 'checkpoint-malformed' | 'checkpoint-misplaced' | 'checkpoint-missing' | 'checkpoints-missing' | 'recorded-differs' | 'tile-differs' | 'tile-missing' | 'state-differs' | 'file-missing' | 'file-differs' | 'file-added';

export interface Finding {
  readonly kind: EntryFindingKind | TreeFindingKind;
  /** Of missing counters. `unclear`: what a crash of the service leaves as well. */
  readonly severity?: 'unclear' | 'certain';
  /** In the tree, from 0. */
  readonly index?: number;
  readonly entryId?: number;
  readonly part?: 'actor' | 'subject' | 'context';
  readonly other?: number;
  /** The first entry it can be, and the first after it; or the entries around what is missing. */
  readonly from?: number;
  readonly to?: number;
  readonly epoch?: string;
  readonly counters?: readonly [number, number];
  /** Of a checkpoint. */
  readonly size?: number;
  readonly count?: number;
  /** Which checkpoint, tile, file or fault it is about. */
  readonly name?: string;
  /** Whose cosignature of that checkpoint it is. */
  readonly witness?: string;
  readonly fault?: LogFaultCode;
}

const MOST_KEPT = 1_000;

/** What was found, in the order in which it was found: the first thousand, and how many there are. */
export class Findings {
  readonly kept: Finding[] = [];
  #total = 0;

  /** Of all, also where there are more than are kept. */
  get total(): number {
    return this.#total;
  }

  add(...findings: readonly Finding[]): void {
    this.addAll(findings);
  }

  /** However many they are. */
  addAll(findings: Iterable<Finding>): void {
    for (const finding of findings) {
      this.#total++;
      if (this.kept.length < MOST_KEPT) this.kept.push(finding);
    }
  }

  /** Says something else of what was found before. */
  correct(before: Finding, now: Finding): void {
    const at = this.kept.indexOf(before);
    if (at >= 0) this.kept[at] = now;
  }

  /**
   * The first bad entry first; what is about the tree as a whole comes last. A stretch comes after an entry in it that may explain it, and is never left out: that
   * entry may have been as it is for long, and something else in the stretch been changed today.
   */
  inOrder(): readonly Finding[] {
    const certain = this.kept.filter(({ severity }) => severity !== 'unclear');
    const behind = (finding: Finding): number => {
      const { kind, from, to } = finding;
      const explained = from === undefined ? undefined : EXPLAINED_BY[kind];
      const explains = explained && certain.filter((other) => explained.has(other.kind)).map(placeOf).find((place) => place >= from! && place < to!);
      return explains === undefined ? placeOf(finding) : explains + 0.5;
    };
    return [...this.kept].sort((a, b) => behind(a) - behind(b));
  }
}

const EXPLAINED_BY: Readonly<Partial<Record<Finding['kind'], ReadonlySet<Finding['kind']>>>> = {
  changed: new Set(['removed', 'reordered', 'duplicated', 'counter-missing']),
  'pruned-differs': new Set(['removed', 'reordered', 'duplicated', 'parts-gone']),
};

/** Where an export's own checkpoint is not what it must be, nothing that follows is worth more than that. */
function placeOf({ index, from, name, witness }: Finding): number {
  return name === 'checkpoint' && witness === undefined && index === undefined && from === undefined ? -1 : (index ?? from ?? Infinity);
}
