import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { AskErasure } from '../../intake/erasure/ask-erasure.js';
import { FindErasure } from '../../intake/erasure/find-erasure.js';
import { ErasureRequestDto } from './erasure.dto.js';
import { ErasureAsked, ErasureReceipt } from './erasure.responses.js';
import { intakeId } from './intake-id.js';
import { OF_BODIES, OF_MEMBERS, Refuses } from './refuses.js';

/** A client's own early erasure: asked for here, decided among the approvals. */
@ApiTags('intakes')
@ApiBearerAuth()
@Controller('api/intakes/:id/erasure')
export class ErasureApiController {
  constructor(
    private readonly askErasure: AskErasure,
    private readonly findErasure: FindErasure,
  ) {}

  @Post()
  @HttpCode(202)
  @Requires('erasure.ask')
  @ApiOperation({ summary: "Ask for an intake's early erasure, at its client's own request; an administrator decides" })
  @ApiAcceptedResponse({ type: ErasureAsked })
  @Refuses(...OF_MEMBERS, ...OF_BODIES, 'NOT_ADMITTED', 'NOT_FOUND', 'DESTROYED', 'PRESERVED', 'RETENTION_LOCKED', 'ALREADY_DONE')
  ask(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() { reason }: ErasureRequestDto): Promise<ErasureAsked> {
    return this.askErasure.run(who, intakeId(id), reason);
  }

  @Get()
  @Requires('erasure.read')
  @ApiOperation({ summary: 'What the receipt of an approved erasure says' })
  @ApiOkResponse({ type: ErasureReceipt })
  @Refuses(...OF_MEMBERS, 'NOT_FOUND')
  receipt(@WhoAtSite() who: SiteMember, @Param('id') id: string): Promise<ErasureReceipt> {
    return this.findErasure.run(who, intakeId(id));
  }
}
