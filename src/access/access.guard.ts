import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Refusal } from '../platform/refusal.js';
import { Settings } from '../platform/settings.js';
import { RestoredMode } from '../vault/restored/restored-mode.js';
import { actorOf } from './actor.js';
import { refuseForeign, refuseForeignStranger, refuseFormOfOtherSite, type RequestOrigin } from './cross-site.js';
import { FindSession } from './find-session.js';
import { isAllowed, isOwnMatter, type Permission } from './permissions.js';
import { declarationOf, type RequestOfMember } from './requires.js';
import { tokenOf } from './session-token.js';
import type { SignedIn } from './signed-in.js';

type GuardedRequest = RequestOrigin & RequestOfMember;

/**
 * Stands before every route. Nobody gets past it whose session, role and origin were not looked at, in this order: who
 * asks (401), from where (403), whether they may (403, and logged).
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly sessions: FindSession,
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly settings: Settings,
    private readonly restored: RestoredMode,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const declaration = declarationOf(context.getHandler());
    if (!declaration) throw new Refusal('FORBIDDEN', 'This route declares no access, so nobody has it.');
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    if ('public' in declaration) {
      refuseForeignStranger(request, this.settings.origin);
      return true;
    }
    request.who = await this.admit(request, declaration.permission);
    return true;
  }

  private async admit(request: GuardedRequest, permission: Permission): Promise<SignedIn> {
    const given = tokenOf(request.headers as Readonly<Record<string, string | undefined>>);
    const who = given && (await this.sessions.find(given.token));
    if (!who) throw new Refusal('SIGNED_OUT', 'Sign in first.');
    if (given.carrier === 'cookie') {
      refuseForeign(request, this.settings.origin, who);
      if (!isOwnMatter(permission)) refuseFormOfOtherSite(request, who);
    }
    if (!isAllowed(who, permission)) {
      await this.noteRefused(who, permission);
      throw new Refusal('FORBIDDEN', `This is not for the role ${who.role}${who.organisationWide ? '' : ' of one site'}.`);
    }
    if (who.role === 'preparer') await this.restored.refuseWhenSeen();
    return who;
  }

  private async noteRefused(who: SignedIn, permission: Permission): Promise<void> {
    await this.records.inSite(who.siteId, (tx) =>
      this.log.append(tx, {
        kind: 'access.refused',
        actor: actorOf(who),
        subject: { site: who.siteId },
        context: { permission },
      }),
    );
  }
}
