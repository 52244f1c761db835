import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessLog, type Question } from '../audit/append-entry.js';
import type { Context, LogEntry } from '../audit/entry.js';
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
  constructor(private readonly log: AccessLog) {}

  /**
   * For showing answers. The entry is written in this transaction, and the ticket opens nothing before it has committed,
   * nor ever if it does not.
   * @throws Refusal LOG_STALLED when the log has not taken entries up for minutes: reads that nobody could find are not made
   */
  async forReading(tx: RecordsTx, who: SiteMember, grounds: ReadGrounds): Promise<AccessTicket> {
    await this.log.refuseWhenStalled(tx);
    await this.log.append(tx, entryOf(who, grounds));
    return afterCommit(tx, who, grounds);
  }

  /** The same, fetching in the one statement what the ticket is to open. */
  async forReadingWith<Row>(
    tx: RecordsTx,
    who: SiteMember,
    grounds: ReadGrounds,
    question: Question,
  ): Promise<{ readonly ticket: AccessTicket; readonly rows: readonly Row[] }> {
    await this.log.refuseWhenStalled(tx);
    const rows = await this.log.appendAsking<Row>(tx, entryOf(who, grounds), question);
    return { ticket: afterCommit(tx, who, grounds), rows };
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

function entryOf(who: SiteMember, { kind, intakeIds, classes, fields, purpose }: ReadGrounds): LogEntry {
  return {
    kind,
    actor: actorOf(who),
    subject: { site: who.siteId, intakes: intakeIds, classes, fields },
    context: { purpose, ticket: randomUUID() },
  };
}

function afterCommit(tx: RecordsTx, who: SiteMember, { intakeIds, classes }: ReadGrounds): AccessTicket {
  const { ticket, committed } = AccessTicket.issue({
    siteId: who.siteId,
    memberId: who.memberId,
    intakeIds: [...intakeIds],
    classes: [...classes],
    use: 'after-commit',
  });
  tx.onCommit(committed);
  return ticket;
}
