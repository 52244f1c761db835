import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

export class ReleaseRequestDto {
  @ApiProperty({ minLength: 10, maxLength: 500, description: 'Why they were restored, and why they may be used, for whoever decides. No numbers of clients.' })
  @IsString()
  @MaxLength(2_000)
  readonly reason: string;
}
