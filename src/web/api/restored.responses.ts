import { ApiProperty } from '@nestjs/swagger';
import { RELEASE_STEPS, type ReleaseStep } from '../../access/restored/release-steps.js';
import { ApprovalPerson } from './approvals.responses.js';

export class ReleaseRequested {
  @ApiProperty({ type: () => ApprovalPerson })
  readonly by: ApprovalPerson;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly at: Date;

  @ApiProperty({ type: String, format: 'date-time', description: 'From then on it has to be asked for anew.' })
  readonly lapsesAt: Date;

  @ApiProperty()
  readonly reason: string;
}

export class RestoredState {
  @ApiProperty({ enum: ['in-service', 'restored'], description: '`restored`: no preparer signs in and no run begins.' })
  readonly state: 'in-service' | 'restored';

  @ApiProperty({ enum: ['log-shorter', 'log-other', 'run-missing', 'readers-changed', 'intakes-older'], required: false, description: 'How it was noticed.' })
  readonly difference?: string;

  @ApiProperty({ type: String, format: 'date-time', required: false })
  readonly foundAt?: Date;

  @ApiProperty({ type: Number, required: false, description: 'Entries of the access log when it was found.' })
  readonly foundSize?: number;

  @ApiProperty({ type: Number, required: false, description: 'Entries that there were once.' })
  readonly knownSize?: number;

  @ApiProperty({ type: String, format: 'date-time', required: false, description: 'When the newer records were last seen.' })
  readonly knownAt?: Date;

  @ApiProperty({ type: String, format: 'date-time', required: false, description: 'When restore-check ended; absent before.' })
  readonly sweptAt?: Date;

  @ApiProperty({ type: () => ReleaseRequested, required: false, description: 'Absent when nobody asks for the release, or not any more.' })
  readonly asked?: ReleaseRequested;

  @ApiProperty({ enum: RELEASE_STEPS, enumName: 'ReleaseStep', isArray: true, required: false, description: 'What whoever looks may do about it now.' })
  readonly may?: readonly ReleaseStep[];
}
