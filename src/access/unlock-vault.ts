import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { wipe } from '../crypto/bytes.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { Ring, RingAsked } from '../vault/bucket-ring.js';
import { KeyStore } from '../vault/key-store.js';
import { wipeLives, type Lives, type SharesAsked } from '../vault/life-shares.js';
import type { LifeBeside } from '../vault/read-life.js';
import { openGrant, vaultPin, type VaultKey } from '../vault/vault-grant.js';
import { mustBeAdmitted, notAdmitted } from './must-be-admitted.js';
import { authentic, openSessionSecret, type SessionSecret } from './open-session-secret.js';
import type { OwnGrant, SiteMember } from './signed-in.js';
import { VaultKeys } from './vault-keys.js';
import { refuseOtherPin, setPin, type Pin } from './vault-pins.js';

interface Unlocked {
  readonly vaults: VaultKeys;
  readonly lives: ReadonlyMap<string, Lives>;
  readonly ring: Ring | undefined;
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
  withVault<T>(who: SiteMember, work: (vault: VaultKey, all: VaultKeys) => Promise<T>): Promise<T> {
    return this.unlocked(who, {}, ({ vaults }) => work(vaults.newest, vaults));
  }

  /**
   * The same with how intakes stand, which costs no question of its own. They are wiped with the keys.
   * @throws SealRefusal when a share was changed
   */
  withVaultAndLife<T>(who: SiteMember, shares: SharesAsked, work: (vault: VaultKey, lives: ReadonlyMap<string, Lives>) => Promise<T>): Promise<T> {
    return this.unlocked(who, { shares }, ({ vaults, lives }) => work(vaults.newest, lives));
  }

  /** The same with what a search looks in. */
  withVaultAndRing<T>(who: SiteMember, asked: RingAsked, work: (vault: VaultKey, ring: Ring) => Promise<T>): Promise<T> {
    return this.unlocked(who, { ring: asked }, ({ vaults, ring }) => work(vaults.newest, ring!));
  }

  private async unlocked<T>(who: SiteMember, beside: LifeBeside, work: (unlocked: Unlocked) => Promise<T>): Promise<T> {
    mustBeAdmitted(who);
    const secret = await openSessionSecret(this.keyStore, who, beside);
    const { secretKey, grantHalves, lives, ring } = secret;
    let vaults: VaultKeys | undefined;
    try {
      try {
        vaults = await openAll(who, secret);
        await this.setPins(who, absentPins(secretKey, vaults, who.grants));
      } finally {
        wipe(secretKey, ...grantHalves.values());
      }
      return await work({ vaults, lives, ring });
    } finally {
      vaults?.wipe();
      wipeLives(...lives.values());
      wipe(ring?.keys);
    }
  }

  private async setPins(who: SiteMember, pins: readonly Pin[]): Promise<void> {
    if (pins.length === 0) return;
    await this.records.inSite(who.siteId, async (tx) => {
      for (const pin of pins) await setPin(tx, this.log, who, pin);
    });
  }
}

/** By the public key of the member's row: the site's own key opens under no other than it was granted to. What else might open under another is what pins are for. */
async function openAll(who: SiteMember, { secretKey, grantHalves }: SessionSecret): Promise<VaultKeys> {
  const keys = { secretKey, publicKey: who.sealedKey.publicKey };
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
