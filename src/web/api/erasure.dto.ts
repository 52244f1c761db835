import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

export class ErasureRequestDto {
  @ApiProperty({ minLength: 10, maxLength: 500, description: 'How the client asked for it, for whoever decides. Nothing about the client, no numbers.' })
  @IsString()
  @MaxLength(2_000)
  readonly reason: string;
}
