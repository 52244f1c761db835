import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '../../platform/clock.js';

export class SiteSettings {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ example: 'America/Chicago' })
  readonly timeZone: string;

  @ApiProperty()
  readonly collectCredentials: boolean;

  @ApiProperty()
  readonly collectDocuments: boolean;

  @ApiProperty()
  readonly collectNotes: boolean;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'null is 31 December.' })
  readonly seasonEnd: Day | null;
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
