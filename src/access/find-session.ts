import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { tokenHash } from '../crypto/secret-token.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { LogEntry } from '../audit/entry.js';
import { siteSubject } from './actor.js';
import { inSiteOf } from './in-site-of.js';
import { SESSION_IDLE_MS } from './session-limits.js';
import { Sessions, type SessionOwner } from './sessions.js';
import type { Language, Role, SignedIn } from './signed-in.js';

const SEEN_EVERY_MS = 60_000;

interface SessionRow {
  readonly id: string;
  readonly site_id: string;
  readonly organisation_wide: boolean;
  readonly member_id: string;
  readonly role: Role;
  readonly name: string;
  readonly language: Language;
  readonly public_key: Uint8Array;
  readonly half_id: string;
  readonly sealed_secret_key: Uint8Array;
  readonly seen_at: Date;
  readonly expires_at: Date;
  readonly idles_out: boolean;
}

/** Who a token belongs to, asked once for every request. */
@Injectable()
export class FindSession {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly sessions: Sessions,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined when there is no such session, its member is disabled, or it has just been found to be over */
  async find(token: Uint8Array): Promise<SignedIn | undefined> {
    const hash = Buffer.from(tokenHash(token));
    const [row] = await this.records.query<SessionRow>('SELECT * FROM find_session($1)', [hash]);
    if (!row) return undefined;
    const who = signedIn(row, token);
    const now = this.clock.now();
    if (this.isOver(row, now)) {
      await this.expire(who);
      return undefined;
    }
    if (now.getTime() - row.seen_at.getTime() >= SEEN_EVERY_MS) {
      await inSiteOf(this.records, who, (tx) =>
        tx.query('UPDATE session SET seen_at = $1 WHERE id = $2', [now, who.sessionId]),
      );
    }
    return who;
  }

  private isOver(row: SessionRow, now: Date): boolean {
    return now >= row.expires_at || (row.idles_out && now.getTime() - row.seen_at.getTime() >= SESSION_IDLE_MS);
  }

  private expire(who: SignedIn): Promise<void> {
    const session = { id: who.sessionId, halfId: who.sealedKey.halfId };
    return this.sessions.end(who, session, (tx) => this.log.append(tx, sessionExpired(who)));
  }
}

export function sessionExpired(member: SessionOwner): LogEntry {
  return {
    kind: 'session.expired',
    actor: { system: 'session' },
    subject: { ...siteSubject(member), member: member.memberId },
    context: {},
  };
}

function signedIn(row: SessionRow, token: Uint8Array): SignedIn {
  return {
    sessionId: row.id,
    memberId: row.member_id,
    siteId: row.site_id,
    organisationWide: row.organisation_wide,
    role: row.role,
    name: row.name,
    language: row.language,
    token,
    sealedKey: { halfId: row.half_id, bytes: row.sealed_secret_key, publicKey: row.public_key },
  };
}
