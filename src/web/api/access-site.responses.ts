import { ApiProperty } from '@nestjs/swagger';
import { REGIMES, type Regime } from '../../access/site.js';
import type { Day } from '../../platform/clock.js';

export class TimeZoneLeft {
  @ApiProperty({ example: 'America/Denver' })
  readonly timeZone: string;

  @ApiProperty({ type: String, format: 'date', description: 'It counts while the day there is before this one.' })
  readonly until: Day;
}

export class SiteSettings {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ example: 'America/Chicago' })
  readonly timeZone: string;

  @ApiProperty({ type: () => TimeZoneLeft, isArray: true, description: 'Left by a change: nothing is refused or destroyed before its day has begun in these too.' })
  readonly formerTimeZones: readonly TimeZoneLeft[];

  @ApiProperty()
  readonly collectCredentials: boolean;

  @ApiProperty()
  readonly collectDocuments: boolean;

  @ApiProperty()
  readonly collectNotes: boolean;

  @ApiProperty({ enum: REGIMES, description: 'Whether it is a site of compensated preparers, who keep a list of their returns (IRC 6107(b)).' })
  readonly regime: Regime;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'null is 31 December.' })
  readonly seasonEnd: Day | null;

  @ApiProperty({ type: String, format: 'date', isArray: true, description: 'Season ends that had come when another took their place: what they ended stays ended.' })
  readonly pastSeasonEnds: readonly Day[];

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 1440, description: 'When the site opens: minutes since midnight. Readings before are pointed out to auditors.' })
  readonly opensAt: number;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 1440, description: 'When it closes: minutes since midnight.' })
  readonly closesAt: number;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 127, description: 'A bit for each day on which it is open, the lowest for Monday.' })
  readonly openDays: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 10000, description: 'So many different intakes opened by one member within an hour are pointed out.' })
  readonly manyIntakes: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 10000, description: 'So many intakes read by one member on one day without a change are pointed out.' })
  readonly readsWithoutChange: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 10000, description: 'So many refused sign-ins for one account within an hour are pointed out.' })
  readonly failedSignIns: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 10000, description: 'So many refused attempts of one member on one day are pointed out.' })
  readonly refusedAttempts: number;
}

export class SiteListed {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ example: 'America/Chicago' })
  readonly timeZone: string;
}

export class SitesOfOrganisation {
  @ApiProperty({ type: () => SiteListed, isArray: true })
  readonly sites: readonly SiteListed[];
}
