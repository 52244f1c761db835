import { Injectable } from '@nestjs/common';
import { FindSession } from '../../access/find-session.js';
import type { RequestOfMember } from '../../access/requires.js';
import { SESSION_COOKIE, tokenOf } from '../../access/session-token.js';
import type { SignedIn } from '../../access/signed-in.js';

type Asked = RequestOfMember & { readonly headers: { readonly cookie?: string | undefined } };

/**
 * Who looks at a page that anyone may look at: members keep their own navigation there. It gives no permission.
 * Bearers are programs, and programs are shown no pages.
 */
@Injectable()
export class Visitor {
  constructor(private readonly sessions: FindSession) {}

  async find(request: Asked): Promise<SignedIn | undefined> {
    if (request.who) return request.who;
    const given = tokenOf({ cookie: request.headers.cookie });
    return given && this.sessions.find(given.token);
  }

  /** From here on the request is of whoever has just signed in with it. */
  async enter(request: Asked, token: string): Promise<SignedIn | undefined> {
    const bytes = tokenOf({ authorization: `Bearer ${token}` })?.token;
    const who = bytes && (await this.sessions.find(bytes));
    if (who) request.who = who;
    return who;
  }
}

/** Did the browser bring a session, whether or not it still is one? */
export function broughtSession({ headers }: Asked): boolean {
  return (headers.cookie ?? '').includes(`${SESSION_COOKIE}=`);
}
