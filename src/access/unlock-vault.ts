import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { wipe } from '../crypto/bytes.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { KeyStore } from '../vault/key-store.js';
import { wipeLives, type Lives, type SharesAsked } from '../vault/life-shares.js';
import { openGrant, vaultPin, type VaultKey } from '../vault/vault-grant.js';
import { mustBeAdmitted, notAdmitted } from './must-be-admitted.js';
import { authentic, openSessionSecret, type SessionSecret } from './open-session-secret.js';
import type { OwnGrant, SiteMember } from './signed-in.js';
import { VaultKeys } from './vault-keys.js';
import { refuseOtherPin, setPin, type Pin } from './vault-pins.js';

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
  withVault<T>(who: SiteMember, work: (vault: VaultKey, all: VaultKeys) => Promise<T>): Promise<T> {
    return this.withVaultAndLife(who, undefined, (vault, _lives, all) => work(vault, all));
  }

  /**
   * The same with how intakes stand, which costs no question of its own. They are wiped with the keys.
   * @throws SealRefusal when a share was changed
   */
  async withVaultAndLife<T>(
    who: SiteMember,
    shares: SharesAsked | undefined,
    work: (vault: VaultKey, lives: ReadonlyMap<string, Lives>, all: VaultKeys) => Promise<T>,
  ): Promise<T> {
    const { vaults, lives } = await this.unlock(who, shares);
    try {
      return await work(vaults.newest, lives, vaults);
    } finally {
      vaults.wipe();
      wipeLives(...lives.values());
    }
  }

  private async unlock(who: SiteMember, shares: SharesAsked | undefined): Promise<{ vaults: VaultKeys; lives: ReadonlyMap<string, Lives> }> {
    mustBeAdmitted(who);
    const secret = await openSessionSecret(this.keyStore, who, shares);
    const { keys, grantHalves, lives } = secret;
    let vaults: VaultKeys | undefined;
    try {
      vaults = await openAll(who, secret);
      await this.setPins(who, absentPins(keys.secretKey, vaults, who.grants));
      return { vaults, lives };
    } catch (error) {
      vaults?.wipe();
      wipeLives(...lives.values());
      throw error;
    } finally {
      wipe(keys.secretKey, ...grantHalves.values());
    }
  }

  private async setPins(who: SiteMember, pins: readonly Pin[]): Promise<void> {
    if (pins.length === 0) return;
    await this.records.inSite(who.siteId, async (tx) => {
      for (const pin of pins) await setPin(tx, this.log, who, pin);
    });
  }
}

async function openAll(who: SiteMember, { keys, grantHalves }: SessionSecret): Promise<VaultKeys> {
  const opened: VaultKey[] = [];
  try {
    for (const grant of who.grants) {
      const half = grantHalves.get(grant.halfId);
      if (!half) continue; // revoked
      const vault = { siteId: who.siteId, number: grant.vaultNumber };
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
function absentPins(secretKey: Uint8Array, vaults: VaultKeys, grants: readonly OwnGrant[]): readonly Pin[] {
  return vaults.all.flatMap((vault) => {
    const found = grants.find((grant) => grant.vaultNumber === vault.number)?.pin;
    const pin = vaultPin(secretKey, vault);
    if (!found) return [{ number: vault.number, pin }];
    refuseOtherPin(found, pin);
    return [];
  });
}
