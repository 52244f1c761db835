import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsNotEmpty, IsString, MaxLength, ValidateIf } from 'class-validator';
import { ifGiven } from './if-given.js';

const ifNotNull = ValidateIf((_, value) => value !== undefined && value !== null);

export class SiteDto {
  @ApiPropertyOptional({ maxLength: 120 })
  @ifGiven
  @IsString()
  @IsNotEmpty()
  @MaxLength(120)
  readonly name?: string;

  @ApiPropertyOptional({ example: 'America/Chicago', maxLength: 64 })
  @ifGiven
  @IsString()
  @MaxLength(64)
  readonly timeZone?: string;

  @ApiPropertyOptional({ description: 'SSN, ITIN, ATIN, IP PIN and bank numbers. Off by default.' })
  @ifGiven
  @IsBoolean()
  readonly collectCredentials?: boolean;

  @ApiPropertyOptional({ description: 'Papers. Off by default, and not possible yet.' })
  @ifGiven
  @IsBoolean()
  readonly collectDocuments?: boolean;

  @ApiPropertyOptional({ description: 'Free text between preparers. Off by default.' })
  @ifGiven
  @IsBoolean()
  readonly collectNotes?: boolean;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true, description: 'At least 30 days ahead; null is 31 December.' })
  @ifNotNull
  @IsString()
  @MaxLength(10)
  readonly seasonEnd?: string | null;
}

export class NewSiteDto {
  @ApiProperty({ maxLength: 120 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(120)
  readonly name: string;

  @ApiProperty({ example: 'America/Chicago', maxLength: 64 })
  @IsString()
  @MaxLength(64)
  readonly timeZone: string;
}

export class SiteChoiceDto {
  @ApiProperty({ format: 'uuid', maxLength: 36 })
  @IsString()
  @MaxLength(36)
  readonly siteId: string;
}
