import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { RETENTION_CLASSES, type RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import { readStandings, type Standing } from '../vault/class-standing.js';
import { expectedDays } from './expected-days.js';
import { intakeNotFound, type IntakeRow } from './intake-row.js';
import { IntakeStores } from './intake-stores.js';
import { destroyedDays, type DestroyedDays } from './life-of-classes.js';

/** A class that a hold keeps past its day is in neither. */
export interface ClassDays {
  /** The day of destruction of each class that is alive. */
  readonly due: Partial<Record<RetentionClass, Day>>;
  /** The classes that are gone, each with the day it went. */
  readonly destroyed: DestroyedDays;
}

/** How long every class of an intake lives. Opens no answer and no key, so there is nothing to log. */
@Injectable()
export class FindDays {
  constructor(private readonly stores: IntakeStores) {}

  /** @throws Refusal NOT_FOUND, or DESTROYED when only the tombstone is left */
  async run(who: SiteMember, id: string): Promise<ClassDays> {
    const { clock, keyStore, records } = this.stores;
    const today = clock.today(who.timeZone);
    const known = await readStandings(keyStore, who.siteId, id, today);
    const all = new Map(RETENTION_CLASSES.map((name): [RetentionClass, Standing] => [name, known.get(name) ?? { state: 'over' }]));
    const due = Object.fromEntries([...all].flatMap(([name, standing]) => (standing.state === 'alive' ? [[name, standing.dueDay]] : [])));
    if ([...all.values()].every(({ state }) => state === 'alive')) return { due, destroyed: {} };
    return records.inSite(who.siteId, async (tx) => {
      const [row] = await tx.query<IntakeRow>('SELECT * FROM intake WHERE id = $1 AND site_id = $2', [id, who.siteId]);
      if (!row) throw await intakeNotFound(tx, id);
      return { due, destroyed: destroyedDays(row, all, await expectedDays(tx, row)) };
    });
  }
}
