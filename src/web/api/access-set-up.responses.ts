import { ApiProperty } from '@nestjs/swagger';

export class SetUpDone {
  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ format: 'uuid', description: 'Of the first administrator.' })
  readonly memberId: string;
}
