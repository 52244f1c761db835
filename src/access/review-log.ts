import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import type { EntryId } from '../audit/entry.js';
import { findingKey, parseFindingKey } from '../audit/findings/finding.js';
import type { ReviewOutcome } from '../audit/entry-parts.js';
import { readEntries, type ListedEntry } from '../audit/list-entries.js';
import { LONGEST_NOTE } from '../audit/longest-cells.js';
import { flawOfNote, isAbout, reviewsOfSite, saltedNote, type NoteFlaw, type Review } from '../audit/reviews.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { actorOf } from './actor.js';
import type { ReviewedFinding } from './read-findings.js';
import type { SiteMember } from './signed-in.js';

export interface NewReview {
  readonly outcome: ReviewOutcome;
  /** Free text, without numbers of clients. */
  readonly note: string;
}

/**
 * "Looked at, fine, because …": an entry of the log that says who looked, at what and with which outcome, and a note that the
 * entry commits to. Nobody edits or deletes either: the service's role cannot.
 */
@Injectable()
export class ReviewLog {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** @returns the entry that says so @throws Refusal INVALID_INPUT for a note that cannot be kept */
  ofFinding(who: SiteMember, finding: ReviewedFinding, review: NewReview): Promise<EntryId> {
    const { last, member } = finding;
    return this.write(who, review, { finding: findingKey(finding), last }, member);
  }

  /** @returns the entry that says so @throws Refusal NOT_FOUND when there is no such entry here, INVALID_INPUT for a note that cannot be kept */
  ofEntry(who: SiteMember, id: number, review: NewReview): Promise<EntryId> {
    return this.write(who, review, { entries: [id] }, undefined, (tx) => entryOf(tx, id));
  }

  /** An entry with what auditors wrote about it. Reading it is an entry too. @throws Refusal NOT_FOUND */
  readEntry(who: SiteMember, id: number): Promise<{ readonly entry: ListedEntry; readonly reviews: readonly Review[] }> {
    return this.records.inSite(who.siteId, async (tx) => {
      const entry = await entryOf(tx, id);
      await this.log.append(tx, { kind: 'log.read', actor: actorOf(who), subject: { site: who.siteId }, context: { counts: { entries: 1 } } });
      return { entry, reviews: (await reviewsOfSite(tx, this.clock.now())).filter((review) => isAbout(review, { entry: id })) };
    });
  }

  /** What auditors wrote about a finding, oldest first. Reading it is an entry. @throws Refusal NOT_FOUND for what names no finding */
  readOfFinding(who: SiteMember, key: string): Promise<readonly Review[]> {
    if (!parseFindingKey(key)) throw new Refusal('NOT_FOUND', 'Nothing of this name stands out.');
    return this.records.inSite(who.siteId, async (tx) => {
      const reviews = (await reviewsOfSite(tx, this.clock.now())).filter((review) => isAbout(review, { finding: key }));
      await this.log.append(tx, { kind: 'log.read', actor: actorOf(who), subject: { site: who.siteId }, context: { counts: { notes: reviews.length } } });
      return reviews;
    });
  }

  private async write(
    who: SiteMember,
    { outcome, note }: NewReview,
    about: { readonly finding: string; readonly last: number } | { readonly entries: readonly number[] },
    member?: string,
    check?: (tx: RecordsTx) => Promise<unknown>,
  ): Promise<EntryId> {
    const flaw = flawOfNote(note);
    if (flaw) throw new Refusal('INVALID_INPUT', FLAWS[flaw], { fields: ['note'] });
    const { text, salt, commitment } = saltedNote(note);
    return this.records.inSite(who.siteId, async (tx) => {
      await check?.(tx);
      const id = await this.log.append(tx, {
        kind: 'log.reviewed',
        actor: actorOf(who),
        subject: { site: who.siteId, ...(member === undefined ? {} : { member }) },
        context: { ...about, outcome, note: commitment },
      });
      await tx.query('INSERT INTO log_review (entry_id, site_id, note, salt) VALUES ($1, $2, $3, $4)', [id, who.siteId, text, Buffer.from(salt)]);
      return id;
    });
  }
}

const FLAWS: Readonly<Record<NoteFlaw, string>> = {
  blank: 'A note says something.',
  'too long': `A note has ${LONGEST_NOTE} characters at the most.`,
  'broken characters': 'A note has a character that cannot be shown.',
  identifier: 'A note holds no number of a person, an account or a document.',
  contact: 'A note holds no telephone number and no e-mail address.',
};

async function entryOf(tx: RecordsTx, id: number): Promise<ListedEntry> {
  const [entry] = await readEntries(tx, { ids: [id] }, null, 1);
  if (!entry) throw new Refusal('NOT_FOUND', 'There is no such entry here.');
  return entry;
}
