import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { actorOf, siteSubject } from './actor.js';
import { Sessions } from './sessions.js';
import type { SignedIn } from './signed-in.js';

@Injectable()
export class SignOut {
  constructor(
    private readonly sessions: Sessions,
    private readonly log: AccessLog,
  ) {}

  /** When this returns, the token opens nothing any more, anywhere. Signing out twice is signing out. */
  async run(who: SignedIn): Promise<void> {
    await this.sessions.end(who, { id: who.sessionId, halfId: who.sealedKey.halfId }, (tx) =>
      this.log.append(tx, { kind: 'signed-out', actor: actorOf(who), subject: siteSubject(who), context: {} }),
    );
  }
}
