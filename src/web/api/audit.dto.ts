import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsString, IsUUID } from 'class-validator';
import { ENTRY_KINDS, type EntryKind } from '../../audit/entry.js';
import type { EntryFilter } from '../../audit/list-entries.js';
import { Refusal } from '../../platform/refusal.js';
import { ifGiven } from './if-given.js';

export class EventsQuery {
  @ApiPropertyOptional()
  @ifGiven
  @IsString()
  cursor?: string;

  @ApiPropertyOptional({ enum: ENTRY_KINDS })
  @ifGiven
  @IsIn(ENTRY_KINDS)
  kind?: EntryKind;

  @ApiPropertyOptional({ format: 'uuid' })
  @ifGiven
  @IsUUID()
  member?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @ifGiven
  @IsUUID()
  intake?: string;

  @ApiPropertyOptional({ description: 'From here on (RFC 3339).' })
  @ifGiven
  @IsISO8601()
  from?: string;

  @ApiPropertyOptional({ description: 'Before there (RFC 3339).' })
  @ifGiven
  @IsISO8601()
  before?: string;
}

export class CheckpointQuery {
  @ApiPropertyOptional({ enum: ['1'], description: 'The newest that a witness has cosigned, instead of the very newest.' })
  @ifGiven
  @IsIn(['1'])
  cosigned?: string;
}

export function filterOf({ kind, member, intake, from, before }: Omit<EventsQuery, 'cursor'>): EntryFilter {
  return {
    ...(kind ? { kinds: [kind] } : {}),
    ...(member ? { member } : {}),
    ...(intake ? { intake } : {}),
    ...(from ? { from: instant('from', from) } : {}),
    ...(before ? { before: instant('before', before) } : {}),
  };
}

/** ISO 8601 has weeks and days of the year, which no clock of ours reads. */
function instant(name: string, text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new Refusal('INVALID_INPUT', 'Times are written as RFC 3339 has them.', { fields: [name] });
  return time;
}
