import { Injectable } from '@nestjs/common';
import type { WitnessFailure } from '../../platform/event-log.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Settings } from '../../platform/settings.js';
import { bounded } from '../longest-cells.js';
import { parseCosignerKey } from '../verifier-key.js';
import { keptCosignature, type KeptCosignature } from './cosignature.js';

/** How it stands with one witness of the log, as it is named now. */
export interface WitnessStanding {
  readonly name: string;
  readonly vkey: string;
  /** Where it is asked; absent when the settings name it no more. */
  readonly url?: string;
  /** When it was to be asked first; absent when it was not yet. */
  readonly since?: Date;
  /** The newest checkpoint under which a cosignature of its key was found good just now: its size, when by the witness's own clock, and when we got it. */
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
  readonly cosigned_at: Date | null;
  readonly failure: WitnessFailure | null;
  readonly failed_at: Date | null;
}

type Kept = KeptCosignature & { readonly vkey: string };

/** Who has cosigned the log, what of it and when. */
@Injectable()
export class WitnessStandings {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly settings: Settings,
  ) {}

  /** What the database says of cosignatures is not believed: each that is shown is checked against the witness's key. */
  async read(): Promise<WitnessReport> {
    const [newest, rows, kept] = await this.records.withoutSite(
      async (tx) => [(await tx.query<NonNullable<WitnessReport['newest']>>(NEWEST))[0], await tx.query<Row>(ROWS), await tx.query<Kept>(COSIGNATURES)] as const,
    );
    const standing = (vkey: string): WitnessStanding =>
      standingOf(vkey, rows.find((row) => row.vkey === vkey), kept.filter((one) => one.vkey === vkey));
    const asked = new Set(this.settings.witnesses.map(({ vkey }) => vkey));
    const earlier = rows.filter(({ vkey }) => !asked.has(vkey)).map(({ vkey }) => standing(vkey));
    const configured = this.settings.witnesses.map(({ vkey, url }) => ({ ...standing(vkey), url }));
    return { witnesses: [...configured, ...earlier.filter(({ cosigned }) => cosigned)], ...(newest ? { newest } : {}) };
  }
}

function standingOf(vkey: string, row: Row | undefined, kept: readonly Kept[]): WitnessStanding {
  const { since, cosigned_at: receivedAt, failure: code, failed_at: failedAt } = row ?? {};
  const key = parseCosignerKey(vkey);
  const good = key ? kept.map((one) => ({ size: one.size, at: keptCosignature(one, key) })).find(({ at }) => at) : undefined;
  return {
    name: key?.name ?? '',
    vkey,
    ...(since ? { since } : {}),
    ...(good?.at && receivedAt ? { cosigned: { size: good.size, at: good.at, receivedAt } } : {}),
    ...(code && failedAt ? { failure: { code, at: failedAt } } : {}),
  };
}

const NEWEST = `
  SELECT ${bounded('c.origin', 'signed')} AS origin, c.size, c.signed_at AS "signedAt" FROM log_checkpoint c JOIN log_origin o ON o.origin = c.origin
  ORDER BY o.number DESC, c.size DESC LIMIT 1`;

const CURRENT = '(SELECT origin FROM log_origin ORDER BY number DESC LIMIT 1)';

const ROWS = `SELECT ${bounded('vkey', 'signed')} AS vkey, since, cosigned_at, ${bounded('failure', 'word')} AS failure, failed_at FROM log_witness WHERE origin = ${CURRENT} ORDER BY since, vkey`;

/** The newest of each witness first. One that does not verify is passed over for the one before; behind a hundred of them nobody looks. */
const COSIGNATURES = `
  SELECT ${bounded('w.vkey', 'signed')} AS vkey, ${bounded('s.origin', 'signed')} AS origin, s.size, ${bounded('s.line', 'signed')} AS line, ${bounded('c.note', 'signed')} AS note FROM log_witness w
  CROSS JOIN LATERAL (SELECT * FROM log_cosignature WHERE origin = w.origin AND vkey = w.vkey ORDER BY size DESC LIMIT 100) AS s
  JOIN log_checkpoint c ON c.origin = s.origin AND c.size = s.size
  WHERE w.origin = ${CURRENT} ORDER BY s.size DESC`;
