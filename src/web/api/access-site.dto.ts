import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsNotEmpty, IsString, MaxLength, ValidateIf } from 'class-validator';
import { REGIMES, type Regime } from '../../access/site.js';
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

  @ApiPropertyOptional({
    enum: REGIMES,
    description: 'Sites of compensated preparers keep a list of their returns for three years (IRC 6107(b)); sites of VITA and TCE keep none. What is on the list stays, whatever this says.',
  })
  @ifGiven
  @IsIn(REGIMES)
  readonly regime?: Regime;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true, description: 'At least 30 days ahead; null is 31 December.' })
  @ifNotNull
  @IsString()
  @MaxLength(10)
  readonly seasonEnd?: string | null;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 1440, description: 'When the site opens: minutes since midnight. Readings before are pointed out to auditors.' })
  @ifGiven
  @IsInt()
  readonly opensAt?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 1440, description: 'When it closes: minutes since midnight.' })
  @ifGiven
  @IsInt()
  readonly closesAt?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 127, description: 'A bit for each day on which it is open, the lowest for Monday.' })
  @ifGiven
  @IsInt()
  readonly openDays?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 10000, description: 'So many different intakes opened by one member within an hour are pointed out.' })
  @ifGiven
  @IsInt()
  readonly manyIntakes?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 10000, description: 'So many intakes read by one member on one day without a change are pointed out.' })
  @ifGiven
  @IsInt()
  readonly readsWithoutChange?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 10000, description: 'So many refused sign-ins for one account within an hour are pointed out.' })
  @ifGiven
  @IsInt()
  readonly failedSignIns?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 10000, description: 'So many refused attempts of one member on one day are pointed out.' })
  @ifGiven
  @IsInt()
  readonly refusedAttempts?: number;
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
