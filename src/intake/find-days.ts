import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { siteDay } from '../access/site-day.js';
import { CLASSES_FROM_THE_START, PREPARER_LIST, type RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import { readStandings, type Standing } from '../vault/class-standing.js';
import { expectedDays } from './expected-days.js';
import { intakeNotFound, type IntakeRow } from './intake-row.js';
import { IntakeStores } from './intake-stores.js';
import { destroyedDays, existing, opens, workedOn, type DestroyedDays } from './life-of-classes.js';

export interface ClassDays {
  /** The day of destruction of each class that is alive. */
  readonly due: Partial<Record<RetentionClass, Day>>;
  /** The classes that are gone, each with the day it went. */
  readonly destroyed: DestroyedDays;
  /** The classes that a legal hold keeps past their day, and closed, each with that day. */
  readonly preserved: Partial<Record<RetentionClass, Day>>;
  /** What is alive is read alone: it outlives the filing year, and everything else is gone. */
  readonly isReadOnly?: true;
}

/** How long every class of an intake lives. Opens no answer and no key, so there is nothing to log. */
@Injectable()
export class FindDays {
  constructor(private readonly stores: IntakeStores) {}

  /** @throws Refusal NOT_FOUND, or DESTROYED when only the tombstone is left */
  async run(who: SiteMember, id: string): Promise<ClassDays> {
    const { clock, keyStore, records } = this.stores;
    const today = siteDay(who, clock.now());
    const known = await readStandings(keyStore, who.siteId, id, today);
    const everyone = new Map(CLASSES_FROM_THE_START.map((name): [RetentionClass, Standing] => [name, known.get(name) ?? { state: 'over' }]));
    if (!known.has(PREPARER_LIST) && [...everyone.values()].every(({ state }) => state === 'alive')) return { due: daysIn(everyone, 'alive'), destroyed: {}, preserved: {} };
    return records.inSite(who.siteId, async (tx) => {
      const [row] = await tx.query<IntakeRow>('SELECT * FROM intake WHERE id = $1 AND site_id = $2', [id, who.siteId]);
      if (!row) throw await intakeNotFound(tx, id);
      const list = known.get(PREPARER_LIST) ?? { state: 'over' };
      const all = existing(row, new Map<RetentionClass, Standing>([...everyone, [PREPARER_LIST, list]]));
      const alive = new Map([...all].filter(([name, standing]) => opens(row, name, standing)));
      const isReadOnly = alive.size > 0 && workedOn(row, alive, today).size === 0;
      const destroyed = destroyedDays(row, all, await expectedDays(tx, row));
      return { due: daysIn(alive, 'alive'), destroyed, preserved: daysIn(all, 'held'), ...(isReadOnly && { isReadOnly }) };
    });
  }
}

function daysIn(standings: ReadonlyMap<RetentionClass, Standing>, state: 'alive' | 'held'): ClassDays['due'] {
  return Object.fromEntries([...standings].flatMap(([name, standing]) => (standing.state === state ? [[name, standing.dueDay]] : [])));
}
