import type { RetentionClass } from '../catalogue/retention-class.js';

/**
 * When a ticket's sections may be opened.
 * - `after-commit`: a read; its log entry must be committed before an answer leaves.
 * - `inside-transaction`: a write opens what it is about to replace; nothing of it leaves the server.
 */
export type TicketUse = 'after-commit' | 'inside-transaction';

export interface TicketGrounds {
  readonly siteId: string;
  readonly memberId: string;
  readonly intakeIds: readonly string[];
  readonly classes: readonly RetentionClass[];
  readonly use: TicketUse;
}

/**
 * The only way to open a section: who opens, which intakes, which classes. Issued by the access folder alone (the lint
 * file forbids `AccessTicket.issue` elsewhere), which writes the log entry in the same step.
 */
export class AccessTicket {
  #state: 'pending' | 'valid' | 'void';

  private constructor(private readonly grounds: TicketGrounds) {
    this.#state = grounds.use === 'inside-transaction' ? 'valid' : 'pending';
  }

  static issue(grounds: TicketGrounds): { ticket: AccessTicket; committed: () => void; ended: () => void } {
    const ticket = new AccessTicket(grounds);
    return {
      ticket,
      committed: () => {
        if (ticket.#state === 'pending') ticket.#state = 'valid';
      },
      ended: () => {
        ticket.#state = 'void';
      },
    };
  }

  /** @throws Error (a mistake of ours, never of a client) when this ticket does not open that section now */
  mustAllow(siteId: string, intakeId: string, retentionClass: RetentionClass): void {
    const { grounds } = this;
    if (this.#state !== 'valid') throw new Error(`access ticket is ${this.#state}`);
    if (grounds.siteId !== siteId || !grounds.intakeIds.includes(intakeId) || !grounds.classes.includes(retentionClass)) {
      throw new Error('access ticket is for something else');
    }
  }
}
