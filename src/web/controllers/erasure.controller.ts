import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mustBeAdmitted } from '../../access/must-be-admitted.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { AskErasure } from '../../intake/erasure/ask-erasure.js';
import { FindErasure } from '../../intake/erasure/find-erasure.js';
import { Refusal } from '../../platform/refusal.js';
import { intakeId } from '../api/intake-id.js';
import { reasonProblems } from '../form/reason-problems.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { erasurePage, type ErasurePage } from '../pages/erasure-page.js';
import { erasureReceiptPage } from '../pages/erasure-receipt-page.js';
import { ErasurePageObject } from './erasure-page-object.js';
import { intakePath } from './intake-page-object.js';

/** A client's own early erasure: asking for it, and the receipt. It is decided among the approvals. */
@ApiExcludeController()
@Controller('intakes/:id/erasure')
export class ErasureController {
  constructor(
    private readonly pages: Pages,
    private readonly object: ErasurePageObject,
    private readonly askErasure: AskErasure,
    private readonly findErasure: FindErasure,
  ) {}

  /** What has been erased has a receipt, and is asked for no more. */
  @Get()
  @Requires('erasure.ask')
  async show(@WhoAtSite() who: SiteMember, @Req() request: PageRequest, @Res() reply: FastifyReply, @Param('id') idText: string): Promise<void> {
    const id = intakeId(idText);
    if (who.role === 'preparer') mustBeAdmitted(who);
    if (await this.findErasure.find(who, id)) return this.pages.redirect(reply, `${intakePath(id)}/erasure/receipt`);
    const page = await this.object.of(who, id);
    await this.pages.send(request, reply, erasurePage, page, page.closed ? {} : { typed: { action: page.action, problems: [] } });
  }

  @Post()
  @Requires('erasure.ask')
  async ask(
    @WhoAtSite() who: SiteMember,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
    @Param('id') idText: string,
    @Body() body: unknown,
  ): Promise<void> {
    const id = intakeId(idText);
    const { typed, again } = sentForm(body);
    const { reason = '' } = typed;
    const problems = again ?? reasonProblems(typed);
    const showAgain = async (status: number, closed?: ErasurePage['closed']) => {
      const page = await this.object.of(who, id);
      const shown = { closed, ...page, reason, problems };
      await this.pages.send(request, reply, erasurePage, shown, { status, path: page.action, typed: { action: page.action, problems } });
    };
    if (again || problems.length > 0) return showAgain(422);
    try {
      const { approvalId } = await this.askErasure.run(who, id, reason);
      await this.pages.redirect(reply, `/approvals/${approvalId}?said=erasure-asked`);
    } catch (error) {
      if (!isExplained(error)) throw error;
      await showAgain(error.status, { by: CLOSED_BY[error.code as keyof typeof CLOSED_BY] });
    }
  }

  @Get('receipt')
  @Requires('erasure.read')
  async receipt(@WhoAtSite() who: SiteMember, @Req() request: PageRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    await this.pages.send(request, reply, erasureReceiptPage, { erasure: await this.findErasure.run(who, intakeId(id)) });
  }
}

const CLOSED_BY = { PRESERVED: 'hold', RETENTION_LOCKED: 'law', ALREADY_DONE: 'request' } as const;

/** Refusals of which the page itself says what they mean. */
function isExplained(error: unknown): error is Refusal {
  return error instanceof Refusal && error.code in CLOSED_BY;
}
