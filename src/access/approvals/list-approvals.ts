import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { ownSite } from '../in-site-of.js';
import { nameSql } from '../member-row.js';
import type { SiteMember } from '../signed-in.js';
import { APPROVAL_COLUMNS, type Approval, type ApprovalKindName, type ApprovalState } from './approval.js';
import type { ApprovalFacts } from './approval-kind.js';
import { ApprovalKinds } from './approval-kinds.js';
import { maySee, stepsOf, type ApprovalStep, type Looker } from './who-decides.js';

const DECIDED_FOR_MS = 90 * 24 * 3_600_000;

interface Person {
  readonly id: string;
  readonly name: string;
}

export interface ListedApproval {
  readonly id: string;
  readonly kind: ApprovalKindName;
  readonly organisationWide: boolean;
  readonly about: ApprovalFacts;
  readonly reason: string;
  readonly state: ApprovalState;
  readonly requestedBy: Person;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly decidedBy?: Person;
  readonly decidedAt?: Date;
  /** What whoever looks may do about it now. */
  readonly may: readonly ApprovalStep[];
}

interface Row extends Approval {
  readonly asker: string;
  readonly asker_left: boolean;
  readonly decider: string | null;
  readonly depends: boolean;
}

/** Requests, for those who asked, those who can decide, and auditors. */
@Injectable()
export class ListApprovals {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly kinds: ApprovalKinds,
    private readonly clock: Clock,
  ) {}

  /** Open ones first, then those decided in the last ninety days; newest first. */
  run(who: SiteMember): Promise<readonly ListedApproval[]> {
    return this.records.inSite(who.siteId, (tx) => this.select(tx, who));
  }

  /** @throws Refusal NOT_FOUND */
  async find(who: SiteMember, id: string): Promise<ListedApproval> {
    const [found] = await this.records.inSite(who.siteId, (tx) => this.select(tx, who, id));
    if (!found) throw new Refusal('NOT_FOUND', 'There is no such request at this site.');
    return found;
  }

  private async select(tx: RecordsTx, who: SiteMember, id?: string): Promise<readonly ListedApproval[]> {
    const now = this.clock.now();
    const rows = await tx.query<Row>(
      `SELECT ${APPROVAL_COLUMNS}, ${nameSql('r')} AS asker, r.status = 'disabled' AS asker_left, ${nameSql('d')} AS decider,
         depends_on($1, a.requested_by) AS depends
       FROM approval a JOIN member r ON r.id = a.requested_by LEFT JOIN member d ON d.id = a.decided_by
       WHERE ($2::uuid IS NULL OR a.id = $2) AND ($2 IS NOT NULL OR a.state = 'open' OR a.decided_at > $3)
       ORDER BY a.state = 'open' DESC, a.requested_at DESC, a.id`,
      [who.memberId, id ?? null, new Date(now.getTime() - DECIDED_FOR_MS)],
    );
    const looker = { memberId: who.memberId, role: who.role, siteId: ownSite(who), organisationWide: who.organisationWide };
    const seen = rows.filter((row) => maySee(who, row, this.kinds.of(row.kind)));
    const listed: ListedApproval[] = [];
    for (const row of seen) listed.push(await this.listed(tx, row, looker, now));
    return listed;
  }

  /** A request that has lapsed and that nobody has closed yet is shown as what it is. */
  private async listed(tx: RecordsTx, row: Row, looker: Looker, now: Date): Promise<ListedApproval> {
    const kind = this.kinds.of(row.kind);
    const state = row.state === 'open' && (row.asker_left || now >= row.expiresAt) ? 'expired' : row.state;
    return {
      id: row.id,
      kind: row.kind,
      organisationWide: row.siteId === null,
      about: await kind.about(tx, row, looker),
      reason: row.reason,
      state,
      requestedBy: { id: row.requestedBy, name: row.asker },
      requestedAt: row.requestedAt,
      expiresAt: row.expiresAt,
      ...(row.decidedBy === null ? {} : { decidedBy: { id: row.decidedBy, name: row.decider! } }),
      ...(row.decidedAt === null ? {} : { decidedAt: row.decidedAt }),
      may: state === 'open' ? stepsOf(looker, row, kind, row.depends) : [],
    };
  }
}
