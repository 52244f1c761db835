import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { wipe } from '../crypto/bytes.js';
import { sixWords } from '../crypto/six-words.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { makeHalf } from '../vault/halves.js';
import { KeyStore } from '../vault/key-store.js';
import type { Grantee, VaultKey } from '../vault/vault-grant.js';
import { actorOf } from './actor.js';
import { mustStand } from './approvals/who-decides.js';
import { insertGrant, keepGrant } from './grant-row.js';
import { lockHolders } from './member-row.js';
import type { Role, SiteMember } from './signed-in.js';
import { UnlockVault } from './unlock-vault.js';

interface CandidateRow {
  readonly role: Role;
  readonly status: 'active' | 'disabled';
  readonly public_key: Uint8Array;
  readonly invited_by: string | null;
  readonly is_admitted: boolean;
}

/**
 * Lets a preparer read, which takes two people: an administrator who invited and a preparer who holds the key. The six
 * words, compared aloud, are what ties the public key in the database to the person at the other end.
 */
@Injectable()
export class AdmitMember {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly vaults: UnlockVault,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Who admits is looked at again under the site's lock, which whoever disables them or takes their key takes too.
   * The halves commit before the grants: a crash between leaves halves that nothing refers to, and somebody who still waits.
   * @param words as the candidate reads them out
   * @throws Refusal NOT_FOUND, FORBIDDEN, ALREADY_DONE, INVALID_INPUT (other words), NOT_ADMITTED (who asks holds no key), SIGNED_OUT
   *   (none any more)
   */
  async run(who: SiteMember, memberId: string, words: string): Promise<void> {
    await this.vaults.withVault(who, (_newest, { all }) =>
      this.records.inSite(who.siteId, async (tx) => {
        await lockHolders(tx, who.siteId);
        await mustStand(tx, who.memberId);
        for (const vault of all) await keepGrant(tx, who, vault);
        const candidate = await findCandidate(tx, who, memberId);
        compareWords(words, candidate.public_key);
        const grantee = { memberId, role: candidate.role, publicKey: candidate.public_key };
        await this.grantAll(tx, who, all, grantee);
        await this.log.append(tx, {
          kind: 'member.admitted',
          actor: actorOf(who),
          subject: { site: who.siteId, member: memberId, role: candidate.role },
          context: { vault: all[0]!.number },
        });
      }),
    );
  }

  /** Today's vault, and those of before a rotation that still open something. */
  private async grantAll(tx: RecordsTx, who: SiteMember, vaults: readonly VaultKey[], grantee: Grantee): Promise<void> {
    const [site] = await tx.query<{ time_zone: string }>('SELECT time_zone FROM site WHERE id = $1', [who.siteId]);
    const admission = { admittedBy: who.memberId, day: this.clock.today(site!.time_zone) };
    for (const vault of vaults) {
      const half = await this.keyStore.transaction((store) => makeHalf(store, grantee.memberId, 'grant'));
      await insertGrant(tx, vault, grantee, half, admission);
      wipe(half.bytes);
    }
  }
}

/** The member table is attacker-controlled: nothing of this row is believed until the words have been compared. */
async function findCandidate(tx: RecordsTx, who: SiteMember, memberId: string): Promise<CandidateRow> {
  const [row] = await tx.query<CandidateRow>(
    `SELECT role, status, public_key, invited_by, EXISTS (SELECT FROM vault_grant g WHERE g.member_id = m.id) AS is_admitted
     FROM member m WHERE id = $1 FOR NO KEY UPDATE`,
    [memberId],
  );
  if (!row) throw new Refusal('NOT_FOUND', 'There is no such member at this site.');
  if (row.role !== 'preparer' || row.status !== 'active') {
    throw new Refusal('FORBIDDEN', 'Only an active preparer can be given the key.');
  }
  if (row.is_admitted) throw new Refusal('ALREADY_DONE', 'This member holds the key already.');
  if (row.invited_by === null || row.invited_by === who.memberId) {
    throw new Refusal('FORBIDDEN', 'Whoever invited a member cannot admit them: it takes two people.');
  }
  return row;
}

function compareWords(given: string, publicKey: Uint8Array): void {
  if (normalWords(given) !== sixWords(publicKey).join(' ')) {
    const message = 'These are not the six words of this member’s key. Compare them again, aloud; do not go on if they differ.';
    throw new Refusal('INVALID_INPUT', message, { fields: ['words'] });
  }
}

function normalWords(text: string): string {
  return text.toLowerCase().split(/[^a-z]+/).filter(Boolean).join(' ');
}
