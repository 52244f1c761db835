import { Injectable } from '@nestjs/common';
import type { RetentionClass } from '../../catalogue/retention-class.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { HoldScope } from '../../vault/holds.js';
import { KeyStore } from '../../vault/key-store.js';
import { destroyedOfNamed } from './destroyed-of-named.js';
import { latestRuns, uncertifiedRuns, type EndingRun } from './ending-runs.js';
import type { DestroyedBefore, TooLate } from './too-late.js';
import { uncertifiedShares, type UncertifiedShares } from './unswept-shares.js';

/** Tells whoever places a hold what was destroyed before, when, and under which policy: a moment ago, too. */
@Injectable()
export class DestroyedBeforeHold {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
  ) {}

  /**
   * The key store is asked first: what a certificate or the sweep takes over from it meanwhile is in the records by then.
   * @param before for a hold that stands already: runs that began later took nothing that it names
   */
  async read(scope: HoldScope, before?: Date): Promise<TooLate> {
    if (scope.intakes) return destroyedOfNamed(this.records, this.keyStore, scope, before);
    const uncertified = await uncertifiedShares(this.keyStore, scope);
    return this.records.acrossSites(async (tx) => {
      const { runs: certified, from } = await latestRuns(tx, before);
      const named = new Set(certified.flatMap(({ certificate }) => certificate!.buckets.map(({ id }) => id)));
      const others = uncertified.filter(({ bucket }) => !named.has(bucket));
      const runs = await uncertifiedRuns(tx, others);
      return {
        runs: [...runs.flatMap((run) => destroyed(run, others.filter((one) => one.run === run.id))), ...certified.flatMap((run) => destroyed(run, certifiedOf(run, scope)))],
        intakes: [],
        ...(from && { lookedFrom: from }),
      };
    });
  }
}

function certifiedOf({ certificate }: EndingRun, { site, classes }: HoldScope): readonly Pick<UncertifiedShares, 'site' | 'class' | 'shares'>[] {
  return certificate!.buckets.filter((bucket) => (!site || bucket.site === site) && (!classes || classes.includes(bucket.class)) && bucket.shares > 0);
}

function destroyed({ id, days, policyVersion, certificate }: EndingRun, named: readonly Pick<UncertifiedShares, 'site' | 'class' | 'shares'>[]): readonly DestroyedBefore[] {
  const [first] = named;
  if (!first) return [];
  const classes: Partial<Record<RetentionClass, number>> = {};
  for (const { class: name, shares } of named) classes[name] = (classes[name] ?? 0) + shares;
  return [{ run: id, day: days[first.site]!, policyVersion, certified: certificate !== undefined, classes }];
}
