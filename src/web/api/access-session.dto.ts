import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { ifGiven } from './if-given.js';

const PASSWORD = { writeOnly: true, maxLength: 256, format: 'password' } as const;

export class SignInDto {
  @ApiProperty({ maxLength: 254, format: 'email' })
  @IsString()
  @MaxLength(254)
  readonly email: string;

  @ApiProperty(PASSWORD)
  @IsString()
  @MaxLength(256)
  readonly password: string;

  @ApiPropertyOptional({ writeOnly: true, maxLength: 64, description: 'Of a second factor.' })
  @ifGiven
  @IsString()
  @MaxLength(64)
  readonly code?: string;
}

export class PasswordDto {
  @ApiProperty(PASSWORD)
  @IsString()
  @MaxLength(256)
  readonly current: string;

  @ApiProperty({ ...PASSWORD, minLength: 15 })
  @IsString()
  @MaxLength(512)
  readonly next: string;
}
