import { lotOf, nameOf, type Lot } from './compare-run.js';

/** One `bucket.destroyed` entry. */
export interface LoggedBucket extends Lot {
  readonly id: string;
  readonly shares: number;
  readonly due: Readonly<Record<string, number>>;
  /** As the certificate has them (`CertifiedBucket`). */
  readonly unlogged: number;
  readonly moved: number;
}

/** What was destroyed, by lots. */
export type DestroyedLots = ReadonlyMap<string, { readonly lot: Lot; readonly shares: number }>;

/** What the runs so far have said was destroyed, bucket by bucket, by ids that are never given again. */
export class AccountedBuckets {
  private readonly shares = new Map<string, number>();
  private readonly ids = new Set<string>();

  /**
   * What these say beyond that. A bucket that is named again may say less, since numbers that began anew have taken the place of a share
   * that died with it; what it says more, or of another class, site or day, is not the same and counts.
   */
  newIn(buckets: readonly LoggedBucket[]): DestroyedLots {
    const lots = new Map<string, { lot: Lot; shares: number }>();
    for (const { place, lot, shares } of lotsIn(buckets)) {
      const more = Math.max(0, shares - (this.shares.get(place) ?? 0));
      if (more > 0) lots.set(nameOf(lot), { lot, shares: (lots.get(nameOf(lot))?.shares ?? 0) + more });
    }
    return lots;
  }

  /** @returns how many of them had been named before */
  take(buckets: readonly LoggedBucket[]): number {
    const repeated = buckets.filter(({ id }) => this.ids.has(id)).length;
    for (const { place, shares } of lotsIn(buckets)) this.shares.set(place, Math.max(shares, this.shares.get(place) ?? 0));
    for (const { id } of buckets) this.ids.add(id);
    return repeated;
  }
}

function* lotsIn(buckets: readonly LoggedBucket[]): Iterable<{ readonly place: string; readonly lot: Lot; readonly shares: number }> {
  for (const { due, ...bucket } of buckets) {
    for (const [day, shares] of Object.entries(due)) {
      const lot = lotOf({ ...bucket, day });
      yield { place: `${bucket.id} ${bucket.day} ${nameOf(lot)}`, lot, shares };
    }
  }
}
