import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsString, IsUUID, MaxLength } from 'class-validator';
import { RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import { ENTRY_KINDS, type EntryKind } from '../../audit/entry.js';
import { PURPOSES } from '../../audit/entry-parts.js';
import type { EntryFilter } from '../../audit/entry-filter.js';
import { Refusal } from '../../platform/refusal.js';
import { LOGGED_FIELDS } from '../../catalogue/logged-fields.js';
import { ifGiven } from './if-given.js';

/** Which entries. */
export class ExportQuery {
  @ApiPropertyOptional({ description: 'One kind of entry, or several with a comma between.' })
  @ifGiven
  @IsString()
  @MaxLength(1000)
  kind?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @ifGiven
  @IsUUID()
  member?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @ifGiven
  @IsUUID()
  intake?: string;

  @ApiPropertyOptional({ description: `Entries that name this class of answers, or one of several with a comma between: ${RETENTION_CLASSES.join(', ')}.` })
  @ifGiven
  @IsString()
  @MaxLength(200)
  class?: string;

  @ApiPropertyOptional({ enum: LOGGED_FIELDS, enumName: 'LoggedField', description: 'Readings of this field, or of any field of this group.' })
  @ifGiven
  @IsIn(LOGGED_FIELDS)
  field?: string;

  @ApiPropertyOptional({ enum: PURPOSES, enumName: 'LoggedPurpose' })
  @ifGiven
  @IsIn(PURPOSES)
  purpose?: (typeof PURPOSES)[number];

  @ApiPropertyOptional({ description: 'From here on (RFC 3339).' })
  @ifGiven
  @IsISO8601()
  from?: string;

  @ApiPropertyOptional({ description: 'Before there (RFC 3339).' })
  @ifGiven
  @IsISO8601()
  before?: string;
}

export class EventsQuery extends ExportQuery {
  @ApiPropertyOptional()
  @ifGiven
  @IsString()
  cursor?: string;
}

export class CheckpointQuery {
  @ApiPropertyOptional({ enum: ['1'], description: 'The newest that a witness has cosigned, instead of the very newest.' })
  @ifGiven
  @IsIn(['1'])
  cosigned?: string;
}

export function filterOf({ kind, class: name, from, before, ...same }: ExportQuery): EntryFilter {
  return {
    ...(kind === undefined ? {} : { kinds: kindsOf(kind) }),
    ...(name === undefined ? {} : { classes: classesOf(name) }),
    ...Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined)),
    ...(from ? { from: instant('from', from) } : {}),
    ...(before ? { before: instant('before', before) } : {}),
  };
}

function kindsOf(text: string): readonly EntryKind[] {
  const kinds = wordsIn(text, ENTRY_KINDS);
  if (!kinds) throw new Refusal('INVALID_INPUT', 'There is no such kind of entry.', { fields: ['kind'] });
  return kinds;
}

function classesOf(text: string): readonly RetentionClass[] {
  const classes = wordsIn(text, RETENTION_CLASSES);
  if (!classes) throw new Refusal('INVALID_INPUT', 'There is no such class of answers.', { fields: ['class'] });
  return classes;
}

/** @returns undefined when one of them is not known */
function wordsIn<T extends string>(text: string, known: readonly T[]): readonly T[] | undefined {
  const words: readonly string[] = text.split(',');
  const found = known.filter((word) => words.includes(word));
  return found.length === new Set(words).size ? found : undefined;
}

/** A day, or an instant with its offset: without one it would be by the server's own zone. */
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/;

/** ISO 8601 has weeks and days of the year, which no clock of ours reads; and 30 February is 2 March to JavaScript. */
function instant(name: string, text: string): Date {
  const [, day] = RFC_3339.exec(text) ?? [];
  const time = new Date(text);
  const isDay = day !== undefined && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
  if (!isDay || Number.isNaN(time.getTime())) throw new Refusal('INVALID_INPUT', 'Times are written as RFC 3339 has them.', { fields: [name] });
  return time;
}
