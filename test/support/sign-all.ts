import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { Sequencer } from '../../src/audit/sequencer.js';
import { Signer } from '../../src/audit/signer.js';
import { RecordsDatabase } from '../../src/platform/records-database.js';

const LEFT = `
  SELECT (SELECT count(*) FROM log_pending)::int AS pending,
    (SELECT size FROM log_head) - (SELECT coalesce(max(size), 0) FROM log_checkpoint WHERE origin = (SELECT origin FROM log_origin ORDER BY number DESC LIMIT 1)) AS unsigned`;

/** Until everything that has committed has its place and is signed. One pass is not enough: the service's own may be in the middle of theirs, and hold the lock. */
export async function signAll(app: INestApplicationContext): Promise<void> {
  for (;;) {
    await app.get(Sequencer).drain();
    await app.get(Signer).sign();
    const [left] = await app.get(RecordsDatabase).acrossSites((tx) => tx.query<{ pending: number; unsigned: number }>(LEFT));
    if (left!.pending === 0 && left!.unsigned === 0) return;
    await pause(20);
  }
}
