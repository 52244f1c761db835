import { ApiProperty } from '@nestjs/swagger';

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

  @ApiProperty({ type: String, format: 'uuid', required: false, description: 'The member who has asked for the release.' })
  readonly askedBy?: string;
}

export class RestoredRelease {
  @ApiProperty({ enum: ['asked', 'released'], description: '`asked`: another person has to do the same within a day.' })
  readonly state: 'asked' | 'released';
}
