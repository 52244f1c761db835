import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { ROLES, type Role } from '../../access/signed-in.js';
import { ifGiven } from './if-given.js';

export class InvitationDto {
  @ApiProperty({ maxLength: 120 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(120)
  readonly name: string;

  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsString()
  @MaxLength(254)
  readonly email: string;

  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  readonly role: Role;

  @ApiPropertyOptional({ description: 'An administrator or auditor of every site; asked for by those who are that themselves.' })
  @ifGiven
  @IsBoolean()
  readonly organisationWide?: boolean;

  @ApiPropertyOptional({ minLength: 10, maxLength: 500, description: 'Of an administrator: why another one is needed, for whoever approves it. No numbers of clients.' })
  @ifGiven
  @IsString()
  @MaxLength(2_000)
  readonly reason?: string;
}

export class JoinDto {
  @ApiProperty({ maxLength: 64 })
  @IsString()
  @MaxLength(64)
  readonly token: string;

  @ApiProperty({ writeOnly: true, format: 'password', minLength: 15, maxLength: 256 })
  @IsString()
  @MaxLength(512)
  readonly password: string;
}

export class AdmissionDto {
  @ApiProperty({ description: 'The six words, as the one who waits reads them out.', maxLength: 120 })
  @IsString()
  @MaxLength(120)
  readonly words: string;
}
