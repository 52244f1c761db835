import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Join } from '../../src/access/join.js';
import { UnlockVault } from '../../src/access/unlock-vault.js';
import { AccessWorld, passwordOf, refusedWith, tokenIn, type Person } from './access-world.js';

const WAITING = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

describe('what waits while something else is done', () => {
  let world: AccessWorld;
  let ada: Person;
  let fern: Person;
  let holder: pg.Client;
  beforeAll(async () => {
    world = await AccessWorld.start();
    [ada] = await world.setUpByTwo();
    fern = await world.join(ada, 'preparer', 'fern');
  });
  beforeEach(async () => {
    holder = new pg.Client({ connectionString: world.databases.urls.records.owner });
    await holder.connect();
    await holder.query('BEGIN');
  });
  afterEach(() => holder.end());
  afterAll(() => world.stop());

  /** Until this many wait for a lock. */
  async function untilWaiting(wanted: number): Promise<void> {
    while ((await world.databases.recordsOwner(WAITING)).length < wanted) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  describe('the first opening of the key', () => {
    it('by somebody who is disabled meanwhile ends with their session, and cries no alarm', async () => {
      const sam = await world.join(ada, 'preparer', 'sam');
      await world.admit(fern, sam);
      const who = await world.who(sam);
      await holder.query('DELETE FROM vault_grant WHERE member_id = $1', [sam.id]);
      const late = refusedWith(world.get(UnlockVault).withVault(who, async () => undefined));
      await untilWaiting(1);
      await holder.query('COMMIT');
      expect(await late).toBe('SIGNED_OUT');
    });
  });

  describe('an invitation', () => {
    const address = (name: string) => holder.query('SELECT pg_advisory_xact_lock(7466105, hashtext($1))', [`${name}@example.org`]);
    const join = (path: string) => refusedWith(world.get(Join).run({ token: tokenIn(path), password: passwordOf('kim') }));

    it('that is made twice at once is one', async () => {
      const who = await world.who(ada);
      await address('kim');
      const both = ['Kim', 'kim'].map((name) => world.invite(who, 'preparer', name));
      await untilWaiting(2);
      await holder.query('COMMIT');
      const [one, other] = await Promise.all(both);
      const codes = [await join(one!.path), await join(other!.path)];
      expect(codes.filter((code) => code === undefined)).toHaveLength(1);
      expect(codes).toContain('LINK_NOT_VALID');
    });

    it('of somebody who is just joining by an older one is refused, or takes its place', async () => {
      const who = await world.who(ada);
      const { path } = await world.invite(who, 'preparer', 'lee');
      await address('lee');
      const joining = join(path);
      await untilWaiting(1);
      const inviting = refusedWith(world.invite(who, 'preparer', 'lee'));
      await untilWaiting(2);
      await holder.query('COMMIT');
      expect([undefined, 'LINK_NOT_VALID']).toContain(await joining);
      expect(await inviting).toBe((await joining) === undefined ? 'INVALID_INPUT' : undefined);
    });
  });
});
