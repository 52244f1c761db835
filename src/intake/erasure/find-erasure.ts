import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../../access/signed-in.js';
import { siteDay } from '../../access/site-day.js';
import { PREPARER_LIST } from '../../catalogue/retention-class.js';
import { dayIn, type Day } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { readableUntil } from '../../retention/due-days.js';
import { readStandings } from '../../vault/class-standing.js';
import { IntakeStores } from '../intake-stores.js';

/**
 * Where an erasure has come to.
 * - `waiting`: nothing can be read; the keys go with the next run
 * - `held`: nothing can be read here; a legal hold that came after the approval keeps the keys
 * - `destroyed`: the keys are gone, and the run's certificate counts them
 */
export const ERASURE_STATES = ['waiting', 'held', 'destroyed'] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];

/** What a client's receipt says. Nothing of it is about the client but what they asked for, and when. */
export interface Erasure {
  readonly intakeId: string;
  readonly taxYear: number;
  readonly askedDay: Day;
  /** From then on nothing can be read. */
  readonly day: Day;
  readonly approvalId: string;
  readonly state: ErasureState;
  /** Whose certificate counts the keys that went. */
  readonly runId?: string;
  /** Of that run, at the site. */
  readonly destroyedDay?: Day;
  /** The last day on which its return on the preparer's list can be read, which the law keeps whatever its client wishes (IRC 6107(b)). */
  readonly listUntil?: Day;
}

interface Row {
  readonly tax_year: number;
  readonly asked_at: Date;
  readonly day: Day;
  readonly approval_id: string;
  readonly run_id: string | null;
  readonly listed: boolean;
  readonly run_days: Readonly<Record<string, Day>> | null;
}

/** An intake's erasure, also after its row has gone; until the end of the year. */
@Injectable()
export class FindErasure {
  constructor(private readonly stores: IntakeStores) {}

  /** @throws Refusal NOT_FOUND when none was approved */
  async run(who: SiteMember, id: string): Promise<Erasure> {
    const erasure = await this.find(who, id);
    if (!erasure) throw new Refusal('NOT_FOUND', 'There is no erased intake of this number at this site.');
    return erasure;
  }

  /** @returns undefined when none was approved */
  async find(who: SiteMember, id: string): Promise<Erasure | undefined> {
    const row = await this.stores.records.inSite(who.siteId, (tx) => erasureRow(tx, id));
    if (!row) return undefined;
    const { run_id: runId, run_days: days } = row;
    const standings = await readStandings(this.stores.keyStore, who.siteId, id, siteDay(who, this.stores.clock.now()));
    const list = row.listed ? standings.get(PREPARER_LIST) : undefined;
    return {
      intakeId: id,
      taxYear: row.tax_year,
      askedDay: dayIn(who.timeZone, row.asked_at),
      day: row.day,
      approvalId: row.approval_id,
      ...(list?.state === 'alive' && { listUntil: readableUntil(list.dueDay) }),
      ...(runId === null
        ? { state: [...standings].some(([name, { state }]) => name !== PREPARER_LIST && state === 'held') ? 'held' : 'waiting' }
        : { state: 'destroyed', runId, ...(days?.[who.siteId] ? { destroyedDay: days[who.siteId]! } : {}) }),
    };
  }
}

async function erasureRow(tx: RecordsTx, id: string): Promise<Row | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT e.tax_year, e.asked_at, e.day, e.approval_id, e.run_id, r.days AS run_days,
       EXISTS (SELECT FROM intake i WHERE i.id = e.intake_id AND i.listed_day IS NOT NULL) AS listed
     FROM erasure e LEFT JOIN purge_run r ON r.id = e.run_id WHERE e.intake_id = $1`,
    [id],
  );
  return row;
}
