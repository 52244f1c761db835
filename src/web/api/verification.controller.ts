import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReadVerifications } from '../../access/read-verifications.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import type { ShownVerification } from '../../audit/verify/verifications.js';
import { OF_MEMBERS, Refuses } from './refuses.js';
import { VerificationState } from './verification.responses.js';

@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/audit/verification')
export class VerificationController {
  constructor(private readonly verifications: ReadVerifications) {}

  @Get()
  @Requires('audit.read')
  @ApiOperation({ summary: 'When the log, and the stored sections, were last verified, and what was found; reading it is an entry too' })
  @ApiOkResponse({ type: VerificationState })
  @Refuses(...OF_MEMBERS)
  async read(@WhoAtSite() who: SiteMember): Promise<VerificationState> {
    const { log, sections } = await this.verifications.run(who);
    return { ...(log ? { log: shown(log) } : {}), ...(sections ? { sections: shown(sections) } : {}) };
  }
}

function shown({ subject: _, signedSize, ...rest }: ShownVerification): NonNullable<VerificationState['log']> {
  return { ...rest, ...(signedSize === undefined ? {} : { signedSize }) };
}
