import { ApiProperty } from '@nestjs/swagger';

export class Alive {
  @ApiProperty({ enum: ['ok'] })
  readonly status: string;
}

export class Ready {
  @ApiProperty({ enum: ['ready'] })
  readonly status: string;
}
