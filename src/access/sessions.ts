import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { wipe } from '../crypto/bytes.js';
import { newToken, tokenBytes, tokenHash } from '../crypto/secret-token.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { destroyHalves, destroyOtherHalves, makeHalf, type Half } from '../vault/halves.js';
import { KeyStore, type OpenKeyStore } from '../vault/key-store.js';
import { wrapWithToken } from '../vault/member-secret.js';
import { inSiteOf, type Workplace } from './in-site-of.js';
import { SESSION_ABSOLUTE_MS } from './session-limits.js';
import type { SignedIn } from './signed-in.js';

/** A session whose half lives and whose row does not exist yet. */
export interface PreparedSession {
  readonly id: string;
  readonly token: string;
  readonly half: Half;
  readonly sealedKey: Uint8Array;
}

export interface SessionOwner extends Workplace {
  readonly memberId: string;
}

/**
 * Sessions, in two databases: the half in the key store, the sealed secret key in records, the token with the member.
 * A thief of both databases opens none of them.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly clock: Clock,
  ) {}

  /**
   * The half first, then (`begin`) the row. A crash between leaves a half that nothing refers to: it opens nothing, and goes
   * when the member leaves.
   */
  async prepare(store: OpenKeyStore, memberId: string, secretKey: Uint8Array): Promise<PreparedSession> {
    const session = { id: randomUUID(), token: newToken(), half: await makeHalf(store, memberId, 'session') };
    const token = tokenBytes(session.token)!;
    const sealedKey = wrapWithToken(token, session.half.bytes, { id: session.id, memberId }, secretKey);
    wipe(token, session.half.bytes);
    return { ...session, sealedKey };
  }

  /** Ends a half whose session will not begin. */
  async discard(memberId: string, { half }: PreparedSession): Promise<void> {
    await this.keyStore.transaction((store) => destroyHalves(store, memberId, 'session', [half.id]));
  }

  async begin(tx: RecordsTx, owner: SessionOwner, session: PreparedSession, idlesOut = true): Promise<void> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + SESSION_ABSOLUTE_MS);
    await tx.query(
      `INSERT INTO session (token_hash, id, site_id, member_id, half_id, sealed_secret_key, created_at, seen_at, expires_at, idles_out)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)`,
      [
        Buffer.from(tokenHash(tokenBytes(session.token)!)),
        session.id,
        owner.siteId,
        owner.memberId,
        session.half.id,
        Buffer.from(session.sealedKey),
        now,
        expiresAt,
        idlesOut,
      ],
    );
  }

  /**
   * Ends one session. The half goes first: from then on the token opens nothing, whatever becomes of the row.
   * @param note writes the log entry, in the transaction that deletes the row; not called when another request was faster
   */
  async end(
    who: SessionOwner,
    session: { readonly id: string; readonly halfId: string },
    note: (tx: RecordsTx) => Promise<unknown>,
  ): Promise<void> {
    await this.keyStore.transaction((store) => destroyHalves(store, who.memberId, 'session', [session.halfId]));
    await inSiteOf(this.records, who, async (tx) => {
      const ended = await tx.query('DELETE FROM session WHERE id = $1 RETURNING id', [session.id]);
      if (ended.length > 0) await note(tx);
    });
  }

  /**
   * Ends all of a member's sessions but the one that asks, for a change of password and in its transaction, under the lock of
   * the member's row. With them go halves whose sign-in has not begun its session yet: no sign-in that proved the new
   * password can have one before the commit.
   * @param store whose transaction ends before that of `tx`: the halves go first, as they do when one session ends
   */
  async endOthers(tx: RecordsTx, store: OpenKeyStore, who: SignedIn): Promise<void> {
    await destroyOtherHalves(store, who.memberId, 'session', who.sealedKey.halfId);
    await tx.query('DELETE FROM session WHERE member_id = $1 AND id <> $2', [who.memberId, who.sessionId]);
  }
}
