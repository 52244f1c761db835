import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { wipe } from '../crypto/bytes.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Refusal } from '../platform/refusal.js';
import { KeyStore } from '../vault/key-store.js';
import { openGrant, vaultPin, type VaultKey } from '../vault/vault-grant.js';
import { authentic, openSessionSecret, type SessionSecret } from './open-session-secret.js';
import type { SiteMember } from './signed-in.js';
import { VaultKeys } from './vault-keys.js';
import { refuseOtherPin, setPin, type Pin } from './vault-pins.js';

interface GrantRow {
  readonly vault_number: number;
  readonly half_id: string;
  readonly sealed: Uint8Array;
  readonly mac: Uint8Array;
  readonly pin: Uint8Array | null;
}

/**
 * The vault keys of a signed-in preparer's site, opened with what only this request has: its token. Both databases and
 * the secret files together do not get here without it.
 *
 * BUG: a pin is a row, and so is the log's entry that there was one. Who can write both databases can put in another vault
 * key and take away the pin and its entry; the member would pin the new one. They could open nothing of what was there
 * before, and whoever verifies the log against a checkpoint sees the missing entry; but new answers are sealed under it.
 */
@Injectable()
export class UnlockVault {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly log: AccessLog,
  ) {}

  /**
   * Opens the keys for the length of the work and wipes them after it.
   * A grant opened for the first time is pinned, which leaves an entry in the log.
   * @param work gets the vault of today, and with it those of before a rotation, by number
   * @throws Refusal NOT_ADMITTED, SIGNED_OUT, KEY_NOT_AUTHENTIC
   */
  async withVault<T>(who: SiteMember, work: (vault: VaultKey, all: VaultKeys) => Promise<T>): Promise<T> {
    const keys = await this.unlockVault(who);
    try {
      return await work(keys.newest, keys);
    } finally {
      keys.wipe();
    }
  }

  /** The same for a caller that wipes the keys itself. */
  async unlockVault(who: SiteMember): Promise<VaultKeys> {
    if (who.role !== 'preparer') throw notAdmitted();
    const grants = await this.records.inSite(who.siteId, (tx) =>
      tx.query<GrantRow>(
        'SELECT vault_number, half_id, sealed, mac, pin FROM vault_grant WHERE member_id = $1 ORDER BY vault_number DESC',
        [who.memberId],
      ),
    );
    if (grants.length === 0) throw notAdmitted();
    const secret = await openSessionSecret(
      this.keyStore,
      who,
      grants.map(({ half_id }) => half_id),
    );
    try {
      const vaults = await openAll(who, secret, grants);
      try {
        await this.setPins(who, absentPins(secret.keys.secretKey, vaults, grants));
      } catch (error) {
        vaults.wipe();
        throw error;
      }
      return vaults;
    } finally {
      wipe(secret.keys.secretKey, ...secret.grantHalves.values());
    }
  }

  private async setPins(who: SiteMember, pins: readonly Pin[]): Promise<void> {
    if (pins.length === 0) return;
    await this.records.inSite(who.siteId, async (tx) => {
      for (const pin of pins) await setPin(tx, this.log, who, pin);
    });
  }
}

async function openAll(who: SiteMember, { keys, grantHalves }: SessionSecret, grants: readonly GrantRow[]): Promise<VaultKeys> {
  const opened: VaultKey[] = [];
  try {
    for (const grant of grants) {
      const half = grantHalves.get(grant.half_id);
      if (!half) continue; // revoked
      const vault = { siteId: who.siteId, number: grant.vault_number };
      opened.push(await authentic(() => openGrant(vault, { memberId: who.memberId, role: who.role, keys }, half, grant)));
    }
    if (opened.length === 0) throw notAdmitted();
  } catch (error) {
    wipe(...opened.map(({ key }) => key));
    throw error;
  }
  return new VaultKeys(opened);
}

/** Compares every pin there is. @returns those that are not, to be set at the first opening of their grant. @throws Refusal KEY_NOT_AUTHENTIC */
function absentPins(secretKey: Uint8Array, vaults: VaultKeys, grants: readonly GrantRow[]): readonly Pin[] {
  return vaults.all.flatMap((vault) => {
    const found = grants.find((grant) => grant.vault_number === vault.number)?.pin;
    const pin = vaultPin(secretKey, vault);
    if (!found) return [{ number: vault.number, pin }];
    refuseOtherPin(found, pin);
    return [];
  });
}

function notAdmitted(): Refusal {
  return new Refusal('NOT_ADMITTED', 'You do not hold this site’s key yet. A preparer who holds it has to admit you.');
}
