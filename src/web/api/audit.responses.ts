import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { ENTRY_KINDS, type Actor, type Context, type EntryKind, type Subject } from '../../audit/entry.js';
import { DAMAGES, type Damage } from '../../audit/stored-parts.js';

const STATES = ['pending', 'integrated', 'published'] as const;

function part(what: string): ApiPropertyOptions {
  return { type: 'object', additionalProperties: true, description: `${what} Absent once pruned, or when it is damaged. Ids, days, numbers and words from closed lists.` };
}

export class PartSalts {
  @ApiProperty({ format: 'byte' })
  readonly actor: string;

  @ApiProperty({ format: 'byte' })
  readonly subject: string;

  @ApiProperty({ format: 'byte' })
  readonly context: string;
}

export class LoggedEvent {
  @ApiProperty({ type: 'integer' })
  readonly id: number;

  @ApiProperty({ enum: ENTRY_KINDS, enumName: 'EntryKind' })
  readonly kind: EntryKind;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly at: Date;

  @ApiPropertyOptional(part('Who did it.'))
  readonly actor?: Actor;

  @ApiPropertyOptional(part('To what.'))
  readonly subject?: Subject;

  @ApiPropertyOptional(part('What else an auditor needs.'))
  readonly context?: Context;

  @ApiPropertyOptional({ enum: DAMAGES, isArray: true, description: 'What is not as it was written: somebody changed it in the database. Kind and time are those of the leaf then; absent when there is nothing.' })
  readonly damaged?: readonly Damage[];

  @ApiProperty({ description: 'What stands in the tree, to the byte, with a commitment in the place of each part: its hash is the `leafHash` of an inclusion proof.' })
  readonly leaf: string;

  @ApiPropertyOptional({ type: () => PartSalts, description: '32 bytes for each part, in base64. A commitment is SHA-256(salt ‖ RFC 8785 JSON of the part). Absent once the parts are pruned.' })
  readonly salts?: PartSalts;

  @ApiProperty({ enum: STATES, description: 'Written, in the tree, or in a tree that was signed.' })
  readonly state: (typeof STATES)[number];

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'In the tree; absent while pending.' })
  readonly index?: number;
}

export class EventPage {
  @ApiProperty({ type: () => LoggedEvent, isArray: true })
  readonly events: readonly LoggedEvent[];

  @ApiPropertyOptional({ description: 'The `cursor` of the next page; absent on the last.' })
  readonly next?: string;
}

export class ListedKey {
  @ApiProperty({ description: 'The log’s name while it signed.' })
  readonly origin: string;

  @ApiProperty({ description: 'C2SP signed-note, name+id+key.' })
  readonly vkey: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly since: Date;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Size of the first checkpoint that it signed, together with the key before it; 0 for the first key of a name.' })
  readonly from: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Size of the last one, which the key after it signed too; absent while it is in use.' })
  readonly to?: number;
}

export class KeyList {
  @ApiProperty({ type: () => ListedKey, isArray: true })
  readonly keys: readonly ListedKey[];
}

export class WitnessedCheckpoint {
  @ApiProperty({ type: 'integer', minimum: 0 })
  readonly size: number;

  @ApiProperty({ type: String, format: 'date-time', description: 'By the witness’s own clock; its cosignature says it.' })
  readonly at: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly receivedAt: Date;
}

export class WitnessRefusal {
  @ApiProperty({ description: 'UNREACHABLE, TIMEOUT, LOG_UNKNOWN, KEY_UNKNOWN, FORKED, SIGNATURE_WRONG and so on: from a closed list.' })
  readonly code: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly at: Date;
}

export class ListedWitness {
  @ApiProperty()
  readonly name: string;

  @ApiProperty({ description: 'C2SP signed-note, name+id+key; of type 4, cosignature/v1.' })
  readonly vkey: string;

  @ApiPropertyOptional({ description: 'Where it is asked; absent when the settings name it no more.' })
  readonly url?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When it was to be asked first.' })
  readonly since?: Date;

  @ApiPropertyOptional({ type: () => WitnessedCheckpoint, description: 'The newest checkpoint that it cosigned.' })
  readonly cosigned?: WitnessedCheckpoint;

  @ApiPropertyOptional({ type: () => WitnessRefusal, description: 'Why it did not, the last time that it was asked.' })
  readonly failure?: WitnessRefusal;
}

export class NewestCheckpoint {
  @ApiProperty()
  readonly origin: string;

  @ApiProperty({ type: 'integer', minimum: 0 })
  readonly size: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly signedAt: Date;
}

export class ListedWitnesses {
  @ApiPropertyOptional({ type: () => NewestCheckpoint })
  readonly newest?: NewestCheckpoint;

  @ApiProperty({ type: () => ListedWitness, isArray: true, description: 'Those in the settings, in their order, then those that cosigned before.' })
  readonly witnesses: readonly ListedWitness[];
}
