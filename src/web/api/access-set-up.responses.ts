import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { InvitationMade } from './access-members.responses.js';

export class SetUpDone {
  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ format: 'uuid', description: 'Of the first administrator.' })
  readonly memberId: string;

  @ApiPropertyOptional({ type: () => InvitationMade, description: 'For the second administrator to join with.' })
  readonly second?: InvitationMade;
}
