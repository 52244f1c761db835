import { wipe } from '../crypto/bytes.js';
import { Refusal } from '../platform/refusal.js';
import type { VaultKey } from '../vault/vault-grant.js';

/** The vault keys a preparer holds of one site: today's, and after a rotation those that still open something. */
export class VaultKeys {
  /** @param all at least one, newest first */
  constructor(readonly all: readonly VaultKey[]) {}

  get newest(): VaultKey {
    return this.all[0]!;
  }

  /** The vault that an intake was created in. @throws Refusal NOT_ADMITTED */
  numbered(number: number): VaultKey {
    const vault = this.all.find((one) => one.number === number);
    if (!vault) throw new Refusal('NOT_ADMITTED', 'You do not hold the key that this intake was sealed under.');
    return vault;
  }

  wipe(): void {
    wipe(...this.all.map(({ key }) => key));
  }
}
