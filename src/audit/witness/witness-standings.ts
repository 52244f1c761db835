import { Injectable } from '@nestjs/common';
import type { WitnessFailure } from '../../platform/event-log.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Settings } from '../../platform/settings.js';
import { parseCosignerKey } from '../verifier-key.js';

/** How it stands with one witness of the log, as it is named now. */
export interface WitnessStanding {
  readonly name: string;
  readonly vkey: string;
  /** Where it is asked; absent when the settings name it no more. */
  readonly url?: string;
  /** When it was to be asked first; absent when it was not yet. */
  readonly since?: Date;
  /** The newest checkpoint that it cosigned: its size, when by the witness's own clock, and when we got it. */
  readonly cosigned?: { readonly size: number; readonly at: Date; readonly receivedAt: Date };
  /** Why it did not cosign the last time that it was asked, and when that was. */
  readonly failure?: { readonly code: WitnessFailure; readonly at: Date };
}

export interface WitnessReport {
  /** The newest checkpoint, which a witness may not have been asked about yet. */
  readonly newest?: { readonly origin: string; readonly size: number; readonly signedAt: Date };
  /** Those in the settings, in their order, then those that cosigned before. */
  readonly witnesses: readonly WitnessStanding[];
}

interface Row {
  readonly vkey: string;
  readonly since: Date;
  readonly cosigned_size: number | null;
  readonly cosigned_at: Date | null;
  readonly said_at: Date | null;
  readonly failure: WitnessFailure | null;
  readonly failed_at: Date | null;
}

/** Who has cosigned the log, what of it and when. */
@Injectable()
export class WitnessStandings {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly settings: Settings,
  ) {}

  async read(): Promise<WitnessReport> {
    const [newest, rows] = await this.records.withoutSite(async (tx) => [(await tx.query<NonNullable<WitnessReport['newest']>>(NEWEST))[0], await tx.query<Row>(ROWS)] as const);
    const known = new Map(rows.map((row) => [row.vkey, row]));
    const configured = this.settings.witnesses.map(({ vkey, url }) => ({ ...standingOf(vkey, known.get(vkey)), url }));
    const asked = new Set(this.settings.witnesses.map(({ vkey }) => vkey));
    const earlier = rows.filter(({ vkey, cosigned_size }) => !asked.has(vkey) && cosigned_size !== null).map((row) => standingOf(row.vkey, row));
    return { witnesses: [...configured, ...earlier], ...(newest ? { newest } : {}) };
  }
}

function standingOf(vkey: string, row: Row | undefined): WitnessStanding {
  const { since, cosigned_size: size, cosigned_at: receivedAt, said_at: at, failure: code, failed_at: failedAt } = row ?? {};
  return {
    name: parseCosignerKey(vkey)?.name ?? '',
    vkey,
    ...(since ? { since } : {}),
    ...(size != null && receivedAt && at ? { cosigned: { size, at, receivedAt } } : {}),
    ...(code && failedAt ? { failure: { code, at: failedAt } } : {}),
  };
}

const NEWEST = `
  SELECT c.origin, c.size, c.signed_at AS "signedAt" FROM log_checkpoint c JOIN log_origin o ON o.origin = c.origin
  ORDER BY o.number DESC, c.size DESC LIMIT 1`;

const ROWS = `
  SELECT w.vkey, w.since, w.cosigned_size, w.cosigned_at, s.cosigned_at AS said_at, w.failure, w.failed_at
  FROM log_witness w LEFT JOIN log_cosignature s ON s.origin = w.origin AND s.size = w.cosigned_size AND s.vkey = w.vkey
  WHERE w.origin = (SELECT origin FROM log_origin ORDER BY number DESC LIMIT 1) ORDER BY w.since, w.vkey`;
