import type { TestDatabases } from './test-databases.js';

/**
 * Which of an intake's lookup rows got another tag since it was looked at last: what a thief of the key store's write-ahead
 * log, or of two copies of it, sees of each save.
 */
export class ChangedSlots {
  private last: ReadonlyMap<number, string> = new Map();

  constructor(private readonly keysOwner: TestDatabases['keysOwner']) {}

  /** The first look finds nothing changed. */
  async since(intakeId: string): Promise<readonly number[]> {
    const rows = await this.keysOwner<{ slot: number; tag: Buffer }>(
      'SELECT DISTINCT ON (slot) slot, tag FROM lookup WHERE intake_id = $1 ORDER BY slot, version DESC',
      [intakeId],
    );
    const now = new Map(rows.map(({ slot, tag }) => [slot, tag.toString('hex')]));
    const changed = [...now].filter(([slot, tag]) => this.last.size > 0 && this.last.get(slot) !== tag).map(([slot]) => slot);
    this.last = now;
    return changed;
  }
}
