import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires, WhoAtSite } from '../../access/requires.js';
import { siteDay } from '../../access/site-day.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { announced, inForce, policySchedule } from '../../retention/policy-schedule.js';
import { ProposePolicy } from '../../retention/policies/propose-policy.js';
import { PolicyProposalDto } from './policy.dto.js';
import { OF_BODIES, OF_MEMBERS, Refuses } from './refuses.js';
import { PolicyInForce, PolicyProposed } from './retention.responses.js';

/** How long anything is kept: what holds now, what is announced, and what two administrators decide to be next. */
@ApiTags('retention')
@ApiBearerAuth()
@Controller('api/retention/policy')
export class RetentionPolicyController {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly clock: Clock,
    private readonly propose: ProposePolicy,
  ) {}

  @Get()
  @Requires('retention.read')
  @ApiOperation({ summary: 'The retention policy in force, and those announced and past' })
  @ApiOkResponse({ type: PolicyInForce })
  @Refuses(...OF_MEMBERS)
  async policy(@WhoAtSite() who: SiteMember): Promise<PolicyInForce> {
    const today = siteDay(who, this.clock.now());
    const schedule = await this.records.withoutSite(policySchedule);
    const now = inForce(schedule, today);
    return { ...now, announced: announced(schedule, today), past: schedule.filter(({ version }) => version < now.version) };
  }

  @Post('proposals')
  @HttpCode(202)
  @Requires('policy.propose')
  @ApiOperation({ summary: 'Propose the next policy; another administrator decides' })
  @ApiAcceptedResponse({ type: PolicyProposed })
  @Refuses(...OF_MEMBERS, ...OF_BODIES, 'ALREADY_DONE', 'RETENTION_LOCKED', 'VERSION_CONFLICT')
  proposal(@WhoAtSite() who: SiteMember, @Body() body: PolicyProposalDto): Promise<PolicyProposed> {
    return this.propose.run(who, body);
  }
}
