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
import type { Language, OwnGrant, Role, SignedIn } from './signed-in.js';
import type { FormerTimeZone } from './site-day.js';

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
  readonly time_zone: string;
  readonly former_time_zones: readonly FormerTimeZone[];
}

interface GrantRow {
  readonly vault_number: number;
  readonly grant_half_id: string;
  readonly grant_sealed: Uint8Array;
  readonly grant_mac: Uint8Array;
  readonly grant_pin: Uint8Array | null;
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
    const rows = await this.records.query<SessionRow & (GrantRow | { vault_number: null })>('SELECT * FROM find_session($1)', [hash]);
    const [row] = rows;
    if (!row) return undefined;
    const who = signedIn(row, token, rows.flatMap((one) => (one.vault_number === null ? [] : [ownGrant(one)])));
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

function signedIn(row: SessionRow, token: Uint8Array, grants: readonly OwnGrant[]): SignedIn {
  return {
    sessionId: row.id,
    memberId: row.member_id,
    siteId: row.site_id,
    organisationWide: row.organisation_wide,
    timeZone: row.time_zone,
    formerTimeZones: row.former_time_zones,
    role: row.role,
    name: row.name,
    language: row.language,
    token,
    sealedKey: { halfId: row.half_id, bytes: row.sealed_secret_key, publicKey: row.public_key },
    grants,
  };
}

function ownGrant(row: GrantRow): OwnGrant {
  const { vault_number, grant_half_id, grant_sealed, grant_mac, grant_pin } = row;
  return { vaultNumber: vault_number, halfId: grant_half_id, sealed: grant_sealed, mac: grant_mac, pin: grant_pin };
}
