import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsDefined, IsIn, IsInt, Min, ValidateIf } from 'class-validator';
import { Answers } from '../../catalogue/answers.js';
import { STAGES, type Stage } from '../../intake/stage.js';

export class CreateIntakeDto {
  @ApiProperty({ type: 'integer', example: 2025 })
  @IsInt()
  taxYear: number;

  /** Checked by the catalogue, which names every field that is wrong. */
  @ApiPropertyOptional({ type: () => Answers })
  @Allow()
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
  @ValidateIf((_, value) => value !== undefined)
  @IsInt()
  @Min(1)
  version?: number;
}
