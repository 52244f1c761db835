import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '../../access/signed-in.js';

/** Who signed in, or joined. */
export class MemberOfSite {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ enum: ROLES, enumName: 'Role' })
  readonly role: Role;

  @ApiProperty({ format: 'uuid', description: 'At which they work. A member of the whole organisation may choose another.' })
  readonly siteId: string;

  @ApiProperty()
  readonly organisationWide: boolean;

  @ApiProperty()
  readonly name: string;
}

export class SessionStarted {
  @ApiProperty({ description: 'Goes into the Authorization header as a bearer.' })
  readonly token: string;

  @ApiProperty({ type: () => MemberOfSite })
  readonly member: MemberOfSite;
}

export class Joined {
  @ApiProperty({ type: () => MemberOfSite })
  readonly member: MemberOfSite;
}
