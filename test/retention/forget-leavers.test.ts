import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AccessLog } from '../../src/audit/append-entry.js';
import { StallGate } from '../../src/audit/stall-gate.js';
import { accountEndFor, filingYearFor, yearOf } from '../../src/access/season-end.js';
import { addDays, day, type Day } from '../../src/platform/clock.js';
import { forgetLeavers } from '../../src/retention/forget-leavers.js';
import { PurgeWorld, TODAY } from './purge-world.js';

const LEFT = day('2027-04-20');
/** Entered at the site for the season after that one. */
const SEASON_END = day('2028-06-15');
const YEAR_END = day('2028-12-31');

describe('the day on which the account of who left goes', () => {
  it('is in the year after theirs, and by its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.option(fc.integer({ min: 0, max: 6000 }), { nil: null }), (left, end) => {
        const leftDay = addDays(day('2026-01-01'), left);
        const last = accountEndFor({ seasonEnd: end === null ? null : addDays(day('2026-01-01'), end), pastSeasonEnds: [] }, leftDay);
        expect(yearOf(last)).toBe(filingYearFor(leftDay) + 1);
        expect(last > leftDay).toBe(true);
      }),
    );
  });
});

describe('names and addresses of who left', () => {
  let world: PurgeWorld;
  let otherSite: string;
  const ids = { here: randomUUID(), elsewhere: randomUUID(), ofAll: randomUUID(), active: randomUUID() };
  beforeAll(async () => {
    world = await PurgeWorld.make();
    const { recordsOwner } = world.databases;
    otherSite = randomUUID();
    await recordsOwner(`INSERT INTO site (id, name, time_zone, created_day) VALUES ($1, 'Hillside', 'America/Chicago', '2027-01-05')`, [otherSite]);
    await recordsOwner('UPDATE site SET season_end = $2 WHERE id = $1', [world.siteId, SEASON_END]);
    await insert(world, ids.here, 'here', world.siteId, LEFT);
    await insert(world, ids.elsewhere, 'elsewhere', otherSite, LEFT);
    await insert(world, ids.ofAll, 'ofAll', null, LEFT);
    await insert(world, ids.active, 'active', world.siteId, null);
    for (const [name, expires] of [['over', '2028-01-01'], ['late', '2028-06-01']]) {
      await recordsOwner(
        `INSERT INTO invitation (id, site_id, role, name, email, token_hash, expires_at) VALUES (gen_random_uuid(), $1, 'auditor', $2, 'a@example.org', $4, $3)`,
        [world.siteId, name, expires, Buffer.from(name!)],
      );
    }
  });
  afterAll(() => world.close());

  const forget = (today: Day) =>
    forgetLeavers(world.databases.records, world.keyStore, new AccessLog(world.clock, new StallGate()), [
      { siteId: world.siteId, today },
      { siteId: otherSite, today },
    ]);
  /** Who still has a name. */
  async function named(): Promise<readonly string[]> {
    const rows = await world.databases.recordsOwner<{ id: string; name: string; email: string; language: string; forgotten_day: Day | null }>(
      'SELECT id, name, email, language, forgotten_day FROM member WHERE id = ANY ($1) ORDER BY name',
      [Object.values(ids)],
    );
    for (const { name, email, language, forgotten_day } of rows) {
      expect([email === '', language === 'en', forgotten_day !== null]).toEqual([name === '', name === '', name === '']);
    }
    return rows.flatMap(({ name }) => (name === '' ? [] : [name.slice('Called '.length)]));
  }
  const invitations = async () => (await world.databases.recordsOwner<{ name: string }>('SELECT name FROM invitation')).map(({ name }) => name);

  it('stay through the season after theirs', async () => {
    await forget(addDays(SEASON_END, -1));
    expect(await named()).toEqual(['active', 'elsewhere', 'here', 'ofAll']);
  });

  it('stay under a hold, those of the whole organization under any, and invitations with them', async () => {
    const hold = await world.hold({ classes: ['notes'] });
    await forget(SEASON_END);
    expect(await named()).toEqual(['active', 'elsewhere', 'here', 'ofAll']);
    await forget(YEAR_END);
    expect(await named()).toEqual(['active', 'here', 'ofAll']);
    await world.databases.keysOwner('UPDATE hold SET site_id = NULL WHERE id = $1', [hold]);
    await forget(addDays(YEAR_END, 400));
    expect(await named()).toEqual(['active', 'here', 'ofAll']);
    await world.release(hold);
  });

  it('go with the end of the season at their site, of the whole organization with the year', async () => {
    await forget(SEASON_END);
    expect(await named()).toEqual(['active', 'ofAll']);
    expect(await invitations()).toEqual(['late']);
    await forget(YEAR_END);
    expect([await named(), await invitations()]).toEqual([['active'], []]);
  });

  it('leave an entry each, and go once', async () => {
    await forget(addDays(YEAR_END, 1));
    const rows = await world.databases.recordsOwner<{ subject: string }>(
      `SELECT p.subject FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'member.forgotten' ORDER BY e.id`,
    );
    expect(rows.map(({ subject }) => JSON.parse(subject))).toEqual([
      { site: otherSite, member: ids.elsewhere, role: 'auditor' },
      { site: world.siteId, member: ids.here, role: 'auditor' },
      { member: ids.ofAll, role: 'auditor' },
    ]);
  });

  it('are gone whole or not at all, whoever writes', async () => {
    const half = world.databases.recordsOwner(`UPDATE member SET forgotten_day = '2029-01-01' WHERE id = $1`, [ids.active]);
    await expect(half).rejects.toMatchObject({ constraint: 'member_forgotten_whole' });
  });
});

describe('a run', () => {
  it('erases them', async () => {
    const world = await PurgeWorld.make();
    const id = randomUUID();
    await insert(world, id, 'long-gone', world.siteId, day('2025-04-20'));
    expect(await world.purge().execute('command')).toMatchObject({ state: 'finished' });
    expect(await world.databases.recordsOwner('SELECT name, forgotten_day FROM member WHERE id = $1', [id])).toEqual([{ name: '', forgotten_day: TODAY }]);
    await world.close();
  });
});

async function insert(world: PurgeWorld, id: string, name: string, siteId: string | null, leftDay: Day | null): Promise<void> {
  await world.databases.recordsOwner(
    `INSERT INTO member (id, site_id, role, name, email, language, status, public_key, password_salt, password_half, wrapped_secret_key, created_day, disabled_day)
     VALUES ($1, $2, 'auditor', $3, $4, 'es', $5, $6, '', $1, '', '2027-01-05', $7)`,
    [id, siteId, `Called ${name}`, `${name}@example.org`, leftDay === null ? 'active' : 'disabled', Buffer.alloc(32), leftDay],
  );
}
