import { Injectable } from '@nestjs/common';
import { newToken, tokenBytes, tokenHash } from '../crypto/secret-token.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';

const LIVES_MS = 24 * 3_600_000;

/** The one-time link that lets its holder set the service up. It exists only while there is no organisation. */
@Injectable()
export class SetUpLink {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the link, good for a day, in place of the one before it. For the start of the process, to be printed there.
   * @param origin where people reach the service
   * @returns undefined when the service has been set up
   */
  renew(origin: string): Promise<string | undefined> {
    return this.records.acrossSites(async (tx) => {
      if (await isSetUp(tx)) return undefined;
      const token = newToken();
      await tx.query('DELETE FROM set_up_link');
      await tx.query('INSERT INTO set_up_link (token_hash, expires_at) VALUES ($1, $2)', [
        Buffer.from(tokenHash(tokenBytes(token)!)),
        new Date(this.clock.now().getTime() + LIVES_MS),
      ]);
      return `${origin}/set-up?token=${token}`;
    });
  }

  /** Is this the link in force? For showing the form; what counts is `consume`. */
  isValid(token: string): Promise<boolean> {
    return this.records.acrossSites(async (tx) => (await this.find(tx, token, 'SELECT token_hash FROM set_up_link')).length > 0);
  }

  /** Uses the link up, in the transaction that sets the service up. @returns false when it is not valid */
  async consume(tx: RecordsTx, token: string): Promise<boolean> {
    return (await this.find(tx, token, 'DELETE FROM set_up_link')).length > 0;
  }

  private async find(tx: RecordsTx, token: string, verb: 'SELECT token_hash FROM set_up_link' | 'DELETE FROM set_up_link'): Promise<unknown[]> {
    const bytes = tokenBytes(token);
    if (!bytes || (await isSetUp(tx))) return [];
    const returning = verb.startsWith('DELETE') ? 'RETURNING token_hash' : '';
    return tx.query(`${verb} WHERE token_hash = $1 AND expires_at > $2 ${returning}`, [Buffer.from(tokenHash(bytes)), this.clock.now()]);
  }
}

async function isSetUp(tx: RecordsTx): Promise<boolean> {
  return (await tx.query('SELECT id FROM organisation')).length > 0;
}
