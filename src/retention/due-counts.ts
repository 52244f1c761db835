import { Injectable } from '@nestjs/common';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import { heldSql } from '../vault/hold-scope.js';
import { KeyStore } from '../vault/key-store.js';
import { DestructionDay, type ClockDoubt } from './destruction-day.js';

export interface DueClass {
  readonly class: RetentionClass;
  /** Of how many intakes this class is past its day and still opens; among them those that a hold keeps. */
  readonly due: number;
  readonly held: number;
}

export interface DueNow {
  /** The day that a run would act on: the earliest of the sites' days. */
  readonly runDay: Day;
  readonly doubt: ClockDoubt | undefined;
  /** Classes with something due only. */
  readonly classes: readonly DueClass[];
}

/** What a run would find due if it began now, in numbers. Of every site, since a run is. */
@Injectable()
export class DueCounts {
  constructor(
    private readonly keyStore: KeyStore,
    private readonly destructionDay: DestructionDay,
  ) {}

  async read(): Promise<DueNow> {
    const { sites, runDay, doubt } = await this.destructionDay.read();
    const classes = await this.keyStore.database.query<DueClass>(COUNT, [
      sites.map(({ siteId }) => siteId),
      sites.map(({ today }) => today),
    ]);
    return { runDay, doubt, classes };
  }
}

/** Shares without a bucket are dead already and wait for the sweep. */
const COUNT = `
  SELECT s.class, count(*)::integer AS due, count(*) FILTER (WHERE ${heldSql('s')})::integer AS held
  FROM unnest($1::uuid[], $2::date[]) AS d (site_id, today)
  JOIN bucket b ON b.site_id = d.site_id
  JOIN life_share s ON s.bucket_id = b.id AND s.due_day <= d.today
  GROUP BY s.class ORDER BY s.class`;
