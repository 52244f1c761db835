import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import type { Context } from '../audit/entry.js';
import { GroupCommit } from '../audit/group-commit.js';
import { RETENTION_CLASSES, type RetentionClass } from '../catalogue/retention-class.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { AccessTicket } from '../vault/access-ticket.js';
import { actorOf } from './actor.js';
import type { SiteMember } from './signed-in.js';

export interface ReadGrounds {
  readonly kind: 'answers.read' | 'intake.searched' | 'intake.listed';
  readonly intakeIds: readonly string[];
  readonly classes: readonly RetentionClass[];
  /** Without positions, as in `Selection.paths`: 'household.firstName'. */
  readonly fields: readonly string[];
  readonly purpose: NonNullable<Context['purpose']>;
}

/** The only place that issues tickets, and none without its entry in the access log. */
@Injectable()
export class AccessTickets {
  constructor(
    private readonly log: AccessLog,
    private readonly group: GroupCommit,
  ) {}

  /**
   * For showing answers: the entry is durable before there is a ticket. What it opens may have been fetched before, under
   * `refuseWhenStalled`.
   */
  async forReading(who: SiteMember, { kind, intakeIds, classes, fields, purpose }: ReadGrounds): Promise<AccessTicket> {
    const grounds = { siteId: who.siteId, memberId: who.memberId, intakeIds: [...intakeIds], classes: [...classes], use: 'after-commit' } as const;
    const { ticket, committed } = AccessTicket.issue(grounds);
    await this.group.append({
      kind,
      actor: actorOf(who),
      subject: { site: who.siteId, intakes: intakeIds, classes, fields },
      context: { purpose, ticket: randomUUID() },
    });
    committed();
    return ticket;
  }

  /** @throws Refusal LOG_STALLED when the log has not taken entries up for minutes: reads that nobody could find are not made */
  refuseWhenStalled(tx: RecordsTx): Promise<void> {
    return this.log.refuseWhenStalled(tx);
  }

  /**
   * For a write, which opens what it is about to replace: good inside this transaction and void at its end. Nothing that it
   * opens may leave the server; the caller logs the write itself, with the digests of what it wrote.
   */
  forWriting(tx: RecordsTx, who: SiteMember, intakeId: string): AccessTicket {
    const { ticket, ended } = AccessTicket.issue({
      siteId: who.siteId,
      memberId: who.memberId,
      intakeIds: [intakeId],
      classes: RETENTION_CLASSES,
      use: 'inside-transaction',
    });
    tx.onCommit(ended);
    tx.onRollback(ended);
    return ticket;
  }
}
