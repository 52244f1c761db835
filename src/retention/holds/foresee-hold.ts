import { Injectable } from '@nestjs/common';
import { inSiteOf } from '../../access/in-site-of.js';
import type { SiteMember } from '../../access/signed-in.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { KeyStore } from '../../vault/key-store.js';
import type { HoldScope } from '../../vault/holds.js';
import { DestroyedBeforeHold } from './destroyed-before.js';
import { coverOf, intakesCovered, type HoldCover } from './hold-cover.js';
import { checkMatter, checkScope, type HoldInput } from './hold-input.js';
import { mustKnowSite, withinReach } from './hold-reach.js';
import { unknownOf, type TooLate } from './too-late.js';

/** What a hold would keep if it were placed now, and what it would come too late for. */
export interface ForeseenHold {
  readonly matter: string;
  readonly scope: HoldScope;
  readonly covers: HoldCover;
  readonly tooLate: TooLate;
  /** Of the intakes that it names (`unknownOf`). */
  readonly unknown: readonly string[];
}

/** Looks at a hold before it is placed, and changes nothing: a number typed wrong keeps nothing, and nobody would notice. */
@Injectable()
export class ForeseeHold {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly destroyedBefore: DestroyedBeforeHold,
  ) {}

  /** @throws Refusal as `PlaceHold` does */
  async run(who: SiteMember, input: HoldInput): Promise<ForeseenHold> {
    const matter = checkMatter(input.matter);
    const scope = withinReach(who, checkScope(input.scope));
    await inSiteOf(this.records, { ...who, siteId: scope.site ?? who.siteId }, (tx) => mustKnowSite(tx, scope.site));
    const covered = await intakesCovered(this.keyStore, scope);
    const tooLate = await this.destroyedBefore.read(scope);
    return { matter, scope, covers: await coverOf(this.keyStore, scope), tooLate, unknown: unknownOf(scope, covered, tooLate) };
  }
}
