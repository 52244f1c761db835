import { Injectable } from '@nestjs/common';
import { ListApprovals } from '../../access/approvals/list-approvals.js';
import type { SiteMember } from '../../access/signed-in.js';
import { FindDays } from '../../intake/find-days.js';
import { FindIntake } from '../../intake/find-intake.js';
import type { ErasurePage } from '../pages/erasure-page.js';
import { IntakeHeading } from './intake-heading.js';
import { classLives, intakePath } from './intake-page-object.js';
import { SiteQuestions } from './site-questions.js';

/** What the page that asks for an erasure shows of the intake. Preparers see whose it is; administrators open nothing. */
@Injectable()
export class ErasurePageObject {
  constructor(
    private readonly heading: IntakeHeading,
    private readonly find: FindIntake,
    private readonly days: FindDays,
    private readonly approvals: ListApprovals,
    private readonly site: SiteQuestions,
  ) {}

  /** @throws Refusal NOT_FOUND, or DESTROYED when only the tombstone is left */
  async of(who: SiteMember, id: string): Promise<ErasurePage> {
    const { taxYear } = await this.find.run(who, id);
    const isPreparer = who.role === 'preparer';
    const [newest] = (await this.approvals.run(who)).filter((one) => one.kind === 'intake.erasure' && one.about.intake === id); // an open one comes first
    const see = newest && (`/approvals/${newest.id}` as const);
    return {
      ...(isPreparer ? { intake: await this.heading.run(who, id), back: intakePath(id) } : {}),
      ...{ number: id, taxYear, action: `${intakePath(id)}/erasure`, reason: '', problems: [] },
      lives: classLives(await this.site.mayHold(who), await this.days.run(who, id)),
      ...(see && newest.state === 'open' ? { closed: { by: 'request', see } } : {}),
      ...(see && (newest.state === 'declined' || newest.state === 'expired') ? { ended: { state: newest.state, see } } : {}),
    };
  }
}
