import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Verifications, type ShownVerification } from '../../audit/verify/verifications.js';
import { OF_MEMBERS, Refuses } from './refuses.js';
import { VerificationState } from './verification.responses.js';

@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/audit/verification')
export class VerificationController {
  constructor(private readonly verifications: Verifications) {}

  @Get()
  @Requires('audit.read')
  @ApiOperation({ summary: 'When the log, and the stored sections, were last verified, and what was found' })
  @ApiOkResponse({ type: VerificationState })
  @Refuses(...OF_MEMBERS)
  async read(@WhoAtSite() who: SiteMember): Promise<VerificationState> {
    const { log, sections } = await this.verifications.newest(who.siteId);
    return { ...(log ? { log: shown(log) } : {}), ...(sections ? { sections: shown(sections) } : {}) };
  }
}

function shown({ subject: _, signedSize, ...rest }: ShownVerification): NonNullable<VerificationState['log']> {
  return { ...rest, ...(signedSize === undefined ? {} : { signedSize }) };
}
