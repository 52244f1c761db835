import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class VerificationFinding {
  @ApiProperty({ description: 'What is wrong, a word from a closed list.' })
  readonly kind: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Of the log: the entry’s place in the tree.' })
  readonly index?: number;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of sections: whose.' })
  readonly intakeId?: string;

  @ApiPropertyOptional({ description: 'Of sections: which kind of answers.' })
  readonly class?: string;
}

class DoneVerification {
  @ApiProperty({ enum: ['nightly', 'command'] })
  readonly trigger: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly beganAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly endedAt: Date;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Entries, or sections, of all sites.' })
  readonly lookedAt: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Of the log: how many entries a good checkpoint covers.' })
  readonly signedSize?: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'What is wrong, at all sites.' })
  readonly found: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Of it, what a crash can have left as well.' })
  readonly unclear: number;

  @ApiProperty({ description: 'Whether the entry that the log has of it says the same. Where it does not, somebody changed what is noted here.' })
  readonly asLogged: boolean;

  @ApiPropertyOptional({ description: 'Whether that entry has the digest of what is noted here as found; absent where it has none. Where it does not, somebody changed the list, and none is given.' })
  readonly findingsAsLogged?: boolean;

  @ApiProperty({ type: () => VerificationFinding, isArray: true, description: 'At this site, and of no site: a hundred at most, the first bad entry first.' })
  readonly findings: readonly VerificationFinding[];
}

export class VerificationState {
  @ApiPropertyOptional({ type: () => DoneVerification, description: 'The newest verification of the whole log; absent before the first.' })
  readonly log?: DoneVerification;

  @ApiPropertyOptional({ type: () => DoneVerification, description: 'The newest comparison of the stored sections with the log; absent before the first.' })
  readonly sections?: DoneVerification;
}
