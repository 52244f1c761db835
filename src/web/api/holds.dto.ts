import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsDefined, IsInt, IsString, MaxLength, ValidateNested } from 'class-validator';
import { RETENTION_CLASSES } from '../../catalogue/retention-class.js';
import { ifGiven } from './if-given.js';

export class HoldScopeDto {
  @ApiPropertyOptional({ description: 'Everything there is, at one’s site or, for members of the whole organization, at every site. With nothing else named.' })
  @ifGiven
  @IsBoolean()
  readonly all?: boolean;

  @ApiPropertyOptional({ format: 'uuid' })
  @ifGiven
  @IsString()
  readonly site?: string;

  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: 200 })
  @ifGiven
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  readonly intakes?: string[];

  @ApiPropertyOptional({ enum: RETENTION_CLASSES, isArray: true })
  @ifGiven
  @IsArray()
  @ArrayMaxSize(RETENTION_CLASSES.length)
  @IsString({ each: true })
  readonly classes?: string[];

  @ApiPropertyOptional({ type: 'integer', example: 2026 })
  @ifGiven
  @IsInt()
  readonly taxYear?: number;

  @ApiPropertyOptional({ format: 'date', description: 'The first day of creation.' })
  @ifGiven
  @IsString()
  readonly createdFrom?: string;

  @ApiPropertyOptional({ format: 'date', description: 'The last day of creation.' })
  @ifGiven
  @IsString()
  readonly createdTo?: string;
}

export class PlaceHoldDto {
  @ApiProperty({ maxLength: 100, description: 'The reference of the matter, as on the letter. No names and no reasons.', example: '2027-CV-0142' })
  @IsString()
  @MaxLength(400)
  readonly matter: string;

  @ApiProperty({ type: () => HoldScopeDto, description: 'What it keeps: all that is given must match.' })
  @IsDefined()
  @ValidateNested()
  @Type(() => HoldScopeDto)
  readonly scope: HoldScopeDto;
}

export class ReleaseHoldDto {
  @ApiProperty({ minLength: 10, maxLength: 500, description: 'Why the hold can end, for whoever decides. Nothing about clients.' })
  @IsString()
  @MaxLength(2_000)
  readonly reason: string;
}
