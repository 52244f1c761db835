import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { RestoredMode } from '../../vault/restored/restored-mode.js';
import type { AskedRelease, RestoredRecords } from '../../vault/restored/restored-records.js';
import { nameSql } from '../member-row.js';
import type { SiteMember } from '../signed-in.js';
import { lapsesAt, releaseStepsOf, standingRequest, type ReleaseStep } from './release-steps.js';

export interface RequestedRelease {
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
  readonly lapsesAt: Date;
  readonly reason: string;
}

export interface SeenRestored extends Omit<RestoredRecords, 'swept' | 'asked'> {
  readonly sweptAt?: Date;
  /** Absent when nobody asks, or not any more. */
  readonly asked?: RequestedRelease;
  /** What whoever looks may do about it now. */
  readonly may: readonly ReleaseStep[];
}

/** Records that came out of a backup, as those see it who may know of them. */
@Injectable()
export class ReadRestored {
  constructor(
    private readonly mode: RestoredMode,
    private readonly records: RecordsDatabase,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined when the records are in service */
  async run(who: SiteMember): Promise<SeenRestored | undefined> {
    const restored = await this.mode.read();
    if (!restored) return undefined;
    const { swept, asked: _, ...found } = restored;
    if (!swept) return { ...found, may: [] };
    return this.records.inSite(who.siteId, async (tx) => {
      const asked = await standingRequest(tx, restored, this.clock.now());
      const may = await releaseStepsOf(tx, who.memberId, asked);
      return { ...found, sweptAt: swept.at, may, ...(asked ? { asked: await requestOf(tx, asked) } : {}) };
    });
  }
}

/** Whoever asks for it belongs to the whole organisation: every site sees their name. */
async function requestOf(tx: RecordsTx, asked: AskedRelease): Promise<RequestedRelease> {
  const [asker] = await tx.query<{ name: string }>(`SELECT ${nameSql('m')} AS name FROM member m WHERE m.id = $1`, [asked.by]);
  return { by: { id: asked.by, name: asker!.name }, at: asked.at, lapsesAt: lapsesAt(asked), reason: asked.reason };
}
