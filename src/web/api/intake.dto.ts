import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsDefined, IsIn, IsInt, IsObject, Min } from 'class-validator';
import { Answers } from '../../catalogue/answers.js';
import { PreparerList } from '../../catalogue/preparer-list.js';
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

  /** Checked by the catalogue, as answers are. */
  @ApiPropertyOptional({
    type: () => PreparerList,
    description:
      'At a site of compensated preparers, with the stage that makes a return ready to be signed: what goes onto their list of returns (IRC 6107(b)). Kind of return and preparer have to be said; name and number are taken from the answers where they are left out.',
  })
  @ifGiven
  @IsObject()
  preparerList?: object;

  @ApiPropertyOptional({ type: 'integer', description: 'The version that the stage was decided on.', minimum: 1 })
  @ifGiven
  @IsInt()
  @Min(1)
  version?: number;
}
