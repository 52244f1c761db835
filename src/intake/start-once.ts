import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { plainHash } from '../crypto/keyed-hash.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { CreateIntake, FIRST_VERSION, type IntakeInput } from './create-intake.js';

type Started = { readonly id: string; readonly version: number };

/** A UUID and nothing else: what is remembered is its hash, and the hash of something that can be guessed would tell it. */
const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Starts an intake once, however often it is asked to: a double click, a browser that repeats a request, a client that did not
 * get the answer. Who sends the same key again gets the intake that the first one started.
 *
 * The key's row and the intake's commit together, so there is no moment at which only one of them is known. Of two requests at
 * the same time the database lets one through, and the other waits for it; what the other put into the key store opens
 * nothing and dies there on its own day. The row goes with the intake.
 */
@Injectable()
export class StartIntakeOnce {
  constructor(
    private readonly create: CreateIntake,
    private readonly records: RecordsDatabase,
  ) {}

  /** @param key of the form or the client; without one every request starts an intake. @throws Refusal INVALID_INPUT */
  async run(who: SiteMember, input: IntakeInput, key: string | undefined): Promise<Started> {
    if (key === undefined) return this.create.run(who, input);
    if (!KEY.test(key)) throw new Refusal('INVALID_INPUT', 'The key of a request is a UUID.', { fields: ['Idempotency-Key'] });
    const hash = Buffer.from(plainHash('submission', who.siteId, who.memberId, key.toLowerCase()));
    const before = await this.find(who, hash);
    if (before) return before;
    try {
      return await this.create.run(who, input, (tx, id) => remember(tx, who, hash, id));
    } catch (error) {
      const started = isSecond(error) ? await this.find(who, hash) : undefined;
      if (!started) throw error;
      return started;
    }
  }

  /** As the first request was answered, whatever became of the intake since. */
  private find(who: SiteMember, hash: Buffer): Promise<Started | undefined> {
    return this.records.inSite(who.siteId, async (tx) => {
      const [row] = await tx.query<{ intake_id: string }>('SELECT intake_id FROM submission WHERE token_hash = $1', [hash]);
      return row && { id: row.intake_id, version: FIRST_VERSION };
    });
  }
}

function remember(tx: RecordsTx, who: SiteMember, hash: Buffer, intakeId: string): Promise<unknown> {
  return tx.query('INSERT INTO submission (token_hash, site_id, intake_id) VALUES ($1, $2, $3)', [hash, who.siteId, intakeId]);
}

function isSecond(error: unknown): boolean {
  return error instanceof Error && (error as { constraint?: unknown }).constraint === 'submission_pk';
}
