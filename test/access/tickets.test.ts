import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessTickets } from '../../src/access/tickets.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import { Sequencer } from '../../src/audit/sequencer.js';
import type { AccessTicket } from '../../src/vault/access-ticket.js';
import { AccessWorld, refusedWith } from './access-world.js';

describe('access tickets', () => {
  let world: AccessWorld;
  let who: SiteMember;
  const intake = randomUUID();
  const grounds = { kind: 'answers.read', intakeIds: [intake], classes: ['identity'], fields: ['taxpayer.firstName'], purpose: 'prepare' } as const;

  beforeAll(async () => {
    world = await AccessWorld.start();
    who = await world.who(await world.join(await world.setUp(), 'preparer', 'fern'));
  });
  afterAll(() => world.stop());

  const opens = (ticket: AccessTicket) => () => ticket.mustAllow(who.siteId, intake, 'identity');
  const read = () => world.entries('answers.read');

  it('opens for reading only what its entry says, which is durable by then', async () => {
    const ticket = await world.get(AccessTickets).forReading(who, grounds);
    expect(opens(ticket)).not.toThrow();
    expect(() => ticket.mustAllow(who.siteId, intake, 'credentials')).toThrow('something else');
    expect(() => ticket.mustAllow(who.siteId, randomUUID(), 'identity')).toThrow('something else');
    expect(() => ticket.mustAllow(randomUUID(), intake, 'identity')).toThrow('something else');
    expect(await read()).toEqual([
      {
        actor: { member: who.memberId, role: 'preparer' },
        subject: { site: who.siteId, intakes: [intake], classes: ['identity'], fields: ['taxpayer.firstName'] },
        context: { purpose: 'prepare', ticket: expect.any(String) },
      },
    ]);
  });

  it('is not issued where its entry is not in the log', async () => {
    const before = (await read()).length;
    await world.databases.recordsOwner('ALTER TABLE log_part RENAME TO log_part_away');
    try {
      await expect(world.get(AccessTickets).forReading(who, grounds)).rejects.toThrow('log_part');
    } finally {
      await world.databases.recordsOwner('ALTER TABLE log_part_away RENAME TO log_part');
    }
    expect(await read()).toHaveLength(before);
  });

  it('opens for writing inside the transaction alone', async () => {
    const ticket = await world.databases.records.inSite(who.siteId, async (tx) => {
      const issued = world.get(AccessTickets).forWriting(tx, who, intake);
      expect(opens(issued)).not.toThrow();
      return issued;
    });
    expect(opens(ticket)).toThrow('void');
  });

  it('fetches nothing while the log does not keep up', async () => {
    await world.get(Sequencer).onApplicationShutdown();
    await world.databases.recordsOwner(`INSERT INTO log_pending (entry_id, since) VALUES (9000000, now() - interval '6 minutes')`);
    // The gate asks anew every few seconds only.
    const deadline = Date.now() + 8_000;
    let code: string | undefined;
    while (code === undefined && Date.now() < deadline) {
      code = await refusedWith(world.databases.records.inSite(who.siteId, (tx) => world.get(AccessTickets).refuseWhenStalled(tx)));
      if (code === undefined) await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(code).toBe('LOG_STALLED');
  });
});
