import { hash } from 'node:crypto';
import { randomBytes } from '../crypto/random.js';
import { flawOfText, isBlank, type TextFlaw } from '../catalogue/free-text.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { EntryKind } from './entry.js';
import type { ReviewOutcome } from './entry-parts.js';
import { bounded, LEAF, LONGEST_NOTE, SALTED_PARTS } from './longest-cells.js';
import { openStoredParts, type StoredParts } from './stored-parts.js';
import { OLDEST_FIRST, WITH_PLACE } from './tree-order.js';

/** What an auditor wrote about something in the log, and what came of it. Nobody changes it. */
export interface Review {
  /** Of the entry that says so. */
  readonly id: number;
  readonly at: Date;
  /** Absent where it is `unreadable`. */
  readonly member?: string;
  /** `unreadable`: who wrote it, about what or with which outcome is not what the entry commits to, or is gone sooner than anything is pruned. */
  readonly outcome: ReviewOutcome | 'unreadable';
  /** `changed`: what is stored is not what the entry commits to, or is gone. */
  readonly note: { readonly text: string } | 'changed';
  readonly finding?: string;
  readonly entries?: readonly number[];
  /** Of a finding: the newest entry that it rested on when it was looked at. */
  readonly last?: number;
}

export type NoteFlaw = TextFlaw | 'blank';

/** What is wrong with a note: it is free text, so no number of a client may get into it. */
export function flawOfNote(text: string): NoteFlaw | undefined {
  if (isBlank(text)) return 'blank';
  return flawOfText(text, { maxCharacters: LONGEST_NOTE, lines: true, refusesIdentifiers: true, refusesContacts: true });
}

/** For the log: without the salt, which stays beside the text, a guessed text cannot be checked. In hexadecimal. */
export function noteCommitment(salt: Uint8Array, text: string): string {
  return hash('sha256', Buffer.concat([salt, Buffer.from(text, 'utf8')]), 'hex');
}

export function saltedNote(text: string): { readonly text: string; readonly salt: Uint8Array; readonly commitment: string } {
  const salt = randomBytes(32);
  return { text, salt, commitment: noteCommitment(salt, text) };
}

/** What is reviewed: a finding, by its key, or an entry. */
export type Reviewed = { readonly finding: string } | { readonly entry: number };

/** Whether a review is about this; one that does not say any more what it is about may be. */
export function isAbout({ outcome, finding, entries }: Review, reviewed: Reviewed): boolean {
  if (outcome === 'unreadable' && finding === undefined && entries === undefined) return true;
  return 'finding' in reviewed ? finding === reviewed.finding : entries?.includes(reviewed.entry) === true;
}

interface Row extends StoredParts {
  readonly id: number;
  readonly note: string | null;
  readonly salt: Buffer | null;
}

const KIND: EntryKind = 'log.reviewed';
/** No part is pruned that is younger, whatever a policy says. */
const KEPT_MS = 730 * 86_400_000;

/**
 * All reviews at a site, oldest first. Only what its entry commits to is believed, and one that somebody made unreadable does not vanish: it may have
 * been the one that nobody was to see. A review whose parts were pruned is none any more.
 */
export async function reviewsOfSite(tx: RecordsTx, now: Date): Promise<readonly Review[]> {
  const rows = await tx.query<Row>(
    `SELECT e.id, e.kind, e.at, ${LEAF}, ${SALTED_PARTS}, ${bounded('r.note', 'review')} AS note, ${bounded('r.salt', 'salt')} AS salt
     FROM log_entry e LEFT JOIN log_part p ON p.entry_id = e.id LEFT JOIN log_review r ON r.entry_id = e.id ${WITH_PLACE}
     WHERE e.site_id = current_site() AND e.kind = '${KIND}' ORDER BY ${OLDEST_FIRST}`,
  );
  return rows.flatMap((row) => reviewOf(row, new Date(now.getTime() - KEPT_MS)) ?? []);
}

function reviewOf(row: Row, keptSince: Date): Review | undefined {
  const { at, parts } = openStoredParts(row);
  if (!parts && at < keptSince) return undefined;
  const { member } = parts?.actor ?? {};
  const { outcome, note: commitment, finding, entries, last } = parts?.context ?? {};
  const isReadable = member !== undefined && outcome !== undefined;
  const kept = isReadable && row.note !== null && row.salt !== null && noteCommitment(row.salt, row.note) === commitment;
  return {
    ...{ id: row.id, at, note: kept ? { text: row.note! } : 'changed' },
    ...(isReadable ? { member, outcome } : { outcome: 'unreadable' }),
    ...(finding === undefined ? {} : { finding }),
    ...(entries === undefined ? {} : { entries }),
    ...(last === undefined ? {} : { last }),
  };
}

/** A review of a finding, and whether whoever it is about wrote it: that says something, and settles nothing. */
export type ReviewOfFinding = Review & { readonly byWhomItIsAbout: boolean };

/** Whether it has newer entries than somebody saw who wrote about it: by their ids, and by their time, which nobody exchanges with an id. */
export function hasGrownSince({ last, at }: Review, finding: { readonly last: number; readonly until: Date }): boolean {
  return (last ?? -1) < finding.last || at.getTime() + 1000 <= finding.until.getTime();
}

/** Looked at and done with: not since it has grown, nor while somebody wants to come back to it or may have, nor by whom it is about. */
export function isSettled(finding: { readonly last: number; readonly until: Date }, reviews: readonly ReviewOfFinding[]): boolean {
  const newest = reviews.filter(({ byWhomItIsAbout }) => !byWhomItIsAbout).at(-1);
  return newest !== undefined && newest.outcome !== 'follow-up' && newest.outcome !== 'unreadable' && !hasGrownSince(newest, finding);
}
