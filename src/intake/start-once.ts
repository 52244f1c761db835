import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { plainHash } from '../crypto/keyed-hash.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { CreateIntake, FIRST_VERSION, type IntakeInput } from './create-intake.js';
import { contentHash } from './sent-content.js';

type Started = { readonly id: string; readonly version: number };

interface Submission {
  readonly token: Buffer;
  readonly content: Buffer;
}

/** The key has started an intake already, from something else than what came with it now. Nothing of the latter is kept. */
export class StartedFromOther extends Refusal {
  constructor(readonly intakeId: string) {
    super('INVALID_INPUT', 'This key was sent before with something else, which has been stored. Nothing of this request was.', { fields: [KEY_NAME] });
  }
}

const KEY_NAME = 'Idempotency-Key';

/** A UUID and nothing else: what is remembered is its hash, and the hash of something that can be guessed would tell it. */
const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Starts an intake once, however often it is asked to: a double click, a browser that repeats a request, a client that did not
 * get the answer. Who sends the same key again with the same content gets the intake that the first one started; with other
 * content they are refused, since what they sent now is not what is stored.
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

  /** @param key of the form or the client; without one every request starts an intake. @throws Refusal INVALID_INPUT, of which StartedFromOther is one */
  async run(who: SiteMember, input: IntakeInput, key: string | undefined): Promise<Started> {
    if (key === undefined) return this.create.run(who, input);
    if (!KEY.test(key)) throw new Refusal('INVALID_INPUT', 'The key of a request is a UUID.', { fields: [KEY_NAME] });
    const submission = submissionOf(who, key.toLowerCase(), input);
    const before = await this.find(who, submission);
    if (before) return before;
    try {
      return await this.create.run(who, input, (tx, id) => remember(tx, who, submission, id));
    } catch (error) {
      const started = isSecond(error) ? await this.find(who, submission) : undefined;
      if (!started) throw error;
      return started;
    }
  }

  /** As the first request was answered, whatever became of the intake since. @throws StartedFromOther */
  private async find(who: SiteMember, { token, content }: Submission): Promise<Started | undefined> {
    const [row] = await this.records.inSite(who.siteId, (tx) =>
      tx.query<{ intake_id: string; content_hash: Buffer }>('SELECT intake_id, content_hash FROM submission WHERE token_hash = $1', [token]),
    );
    if (row && !content.equals(row.content_hash)) throw new StartedFromOther(row.intake_id);
    return row && { id: row.intake_id, version: FIRST_VERSION };
  }
}

function submissionOf({ siteId, memberId }: SiteMember, key: string, input: IntakeInput): Submission {
  return { token: Buffer.from(plainHash('submission', siteId, memberId, key)), content: contentHash(key, input) };
}

function remember(tx: RecordsTx, who: SiteMember, { token, content }: Submission, intakeId: string): Promise<unknown> {
  const insert = 'INSERT INTO submission (token_hash, site_id, intake_id, content_hash) VALUES ($1, $2, $3, $4)';
  return tx.query(insert, [token, who.siteId, intakeId, content]);
}

function isSecond(error: unknown): boolean {
  return error instanceof Error && (error as { constraint?: unknown }).constraint === 'submission_pk';
}
