import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Approvals } from '../../access/approvals/approvals.js';
import { ListApprovals, type ListedApproval } from '../../access/approvals/list-approvals.js';
import { APPROVAL_STEPS, type ApprovalStep } from '../../access/approvals/who-decides.js';
import { isAllowed } from '../../access/permissions.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import { ReadRestored } from '../../access/restored/read-restored.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Refusal } from '../../platform/refusal.js';
import { approvalId } from '../api/approval-id.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { postedForm } from '../http/posted-form.js';
import { approvalPage } from '../pages/approval-page.js';
import { approvalsPage, type ApprovalsPage } from '../pages/approvals-page.js';
import { PolicyRequest } from './policy-request.js';

const SAID = { approve: 'approved', decline: 'declined', withdraw: 'withdrawn' } as const;

@ApiExcludeController()
@Controller('approvals')
export class ApprovalsPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly approvals: Approvals,
    private readonly listApprovals: ListApprovals,
    private readonly restored: ReadRestored,
    private readonly policyRequest: PolicyRequest,
  ) {}

  @Get()
  @Requires('approval.read')
  async list(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember): Promise<void> {
    const approvals = (await this.listApprovals.run(who)).map(rowOf);
    const restored = isAllowed(who, 'restore.read') ? await this.restored.run(who) : undefined;
    await this.pages.send(request, reply, approvalsPage, { approvals, ...(restored ? { restored: restored.asked ? 'asked' : 'waiting' } : {}) });
  }

  @Get(':id')
  @Requires('approval.read')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<void> {
    const approval = await this.listApprovals.find(who, approvalId(id));
    const policy = await this.policyRequest.of(who.siteId, approval);
    await this.pages.send(request, reply, approvalPage, { approval, ...(policy && { policy }), action: `/approvals/${approval.id}` });
  }

  /** Which step it is stands in the button that was pressed; whose step it is, is looked at where it is taken. */
  @Post(':id')
  @Requires('approval.read')
  async decide(@Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    const step = APPROVAL_STEPS.find((one) => one === postedForm(body)['step']);
    if (!step) throw new Refusal('BAD_REQUEST', 'This is not what the form sends.');
    await this.takeOnce(who, approvalId(id), step);
    await this.pages.redirect(reply, `/approvals?said=${SAID[step]}`);
  }

  /** A button that was pressed twice has done what it says. */
  private async takeOnce(who: SiteMember, id: string, step: ApprovalStep): Promise<void> {
    try {
      await this.approvals[step](who, id);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'APPROVAL_CLOSED') throw error;
      const { state, decidedBy } = await this.listApprovals.find(who, id);
      if (state !== SAID[step] || decidedBy?.id !== who.memberId) throw error;
    }
  }
}

function rowOf({ id, kind, about, requestedBy, requestedAt, state }: ListedApproval): ApprovalsPage['approvals'][number] {
  const { intake, name = intake } = about;
  return { path: `/approvals/${id}`, kind, ...(name === undefined ? {} : { name }), askedBy: requestedBy.name, askedAt: requestedAt, state };
}
