import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Approvals } from '../../access/approvals/approvals.js';
import { ListApprovals } from '../../access/approvals/list-approvals.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { approvalId } from './approval-id.js';
import { ApprovalListed, ApprovalsListed } from './approvals.responses.js';
import { OF_MEMBERS, Refuses } from './refuses.js';

/** Acts that take two people. What is asked for is asked for where the act itself is. */
@ApiTags('approvals')
@ApiBearerAuth()
@Controller('api/approvals')
export class ApprovalsController {
  constructor(
    private readonly approvals: Approvals,
    private readonly listApprovals: ListApprovals,
  ) {}

  @Get()
  @Requires('approval.read')
  @ApiOperation({ summary: 'Requests that one asked for or could approve: open ones, and those decided in the last 90 days' })
  @ApiOkResponse({ type: ApprovalsListed })
  @Refuses(...OF_MEMBERS)
  async list(@WhoAtSite() who: SiteMember): Promise<ApprovalsListed> {
    return { approvals: await this.listApprovals.run(who) };
  }

  @Get(':id')
  @Requires('approval.read')
  @ApiOperation({ summary: 'One request' })
  @ApiOkResponse({ type: ApprovalListed })
  @Refuses(...OF_MEMBERS, 'NOT_FOUND')
  find(@WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<ApprovalListed> {
    return this.listApprovals.find(who, approvalId(id));
  }

  @Post(':id/approve')
  @HttpCode(204)
  @Requires('approval.decide')
  @ApiOperation({ summary: 'Approve, which carries the act out: never what one asked for oneself, nor what somebody asked for who invited one or counts as one person with one' })
  @ApiNoContentResponse()
  @Refuses(...OF_MEMBERS, 'NOT_FOUND', 'APPROVAL_CLOSED', 'APPROVER_NOT_INDEPENDENT', 'DESTROYED', 'PRESERVED', 'INVALID_INPUT', 'RETENTION_LOCKED')
  approve(@WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<void> {
    return this.approvals.approve(who, approvalId(id));
  }

  @Post(':id/decline')
  @HttpCode(204)
  @Requires('approval.decide')
  @ApiOperation({ summary: 'Decline' })
  @ApiNoContentResponse()
  @Refuses(...OF_MEMBERS, 'NOT_FOUND', 'APPROVAL_CLOSED', 'APPROVER_NOT_INDEPENDENT')
  decline(@WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<void> {
    return this.approvals.decline(who, approvalId(id));
  }

  /** Whose it is, is looked at where it is taken back. */
  @Post(':id/withdraw')
  @HttpCode(204)
  @Requires('approval.read')
  @ApiOperation({ summary: 'Take back what one asked for' })
  @ApiNoContentResponse()
  @Refuses(...OF_MEMBERS, 'NOT_FOUND', 'APPROVAL_CLOSED')
  withdraw(@WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<void> {
    return this.approvals.withdraw(who, approvalId(id));
  }
}
