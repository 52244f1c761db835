import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsDefined, IsIn, IsInt, Min } from 'class-validator';
import { Answers } from '../../catalogue/answers.js';
import { STAGES, type Stage } from '../../intake/stage.js';
import { ifGiven } from './if-given.js';

export class CreateIntakeDto {
  @ApiProperty({ type: 'integer', example: 2025 })
  @IsInt()
  taxYear: number;

  /** Checked by the catalogue, which names every field that is wrong. */
  @ApiPropertyOptional({ type: () => Answers })
  @ifGiven
  @IsDefined()
  answers?: unknown;
}

export class ChangeIntakeDto {
  @ApiProperty({ type: 'integer', description: 'The version that the change was made against.', minimum: 1 })
  @IsInt()
  @Min(1)
  version: number;

  @ApiProperty({ type: () => Answers, description: 'A JSON merge patch (RFC 7396): null clears; `household` is replaced whole.' })
  @IsDefined()
  answers: unknown;
}

export class StageDto {
  @ApiProperty({ enum: STAGES })
  @IsIn(STAGES)
  stage: Stage;

  @ApiPropertyOptional({ type: 'integer', description: 'The version that the stage was decided on.', minimum: 1 })
  @ifGiven
  @IsInt()
  @Min(1)
  version?: number;
}
