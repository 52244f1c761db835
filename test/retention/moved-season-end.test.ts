import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import { FollowRules } from '../../src/retention/policies/follow-rules.js';
import { lockHolds } from '../../src/vault/hold-lock.js';
import { writeHold } from '../../src/vault/holds.js';
import { KeyStore } from '../../src/vault/key-store.js';
import type { ApiClient } from '../support/test-service.js';
import { Season } from './check/season.js';

let season: Season;
beforeAll(async () => {
  season = await Season.start('2027-04-01');
});
afterAll(() => season.end());

const administrator = (): Promise<ApiClient> => season.service.signInAgain('administrator');

/** @returns the status, or the code of the refusal */
async function move(seasonEnd: string | null): Promise<unknown> {
  const { status, body } = await (await administrator()).patch('/api/site', { seasonEnd });
  await season.service.app.get(FollowRules).now(); // within seconds by itself
  return status === 200 ? 200 : body.code;
}

const statusOf = async (api: ApiClient, id: string): Promise<number> => (await api.get(`/api/intakes/${id}?fields=taxpayer.firstName`)).status;

async function dueOf(id: string): Promise<unknown> {
  const [row] = await season.keys(`SELECT due_day FROM life_share WHERE intake_id = $1 AND class = 'identity'`, id);
  return row?.['due_day'];
}

describe('a season end that has come', () => {
  it('has ended what it ended for good: moved afterwards it brings nothing back, held or not', async () => {
    let api = await season.on('2027-04-01');
    expect(await move('2027-05-31')).toBe(200);
    api = await season.on('2027-05-20');
    const [held, left] = [await season.intake(api), await season.intake(api)];
    const hold = await season.hold({ intakes: [held] });
    api = await season.on('2027-06-05');
    const standing = async () => [await statusOf(api, held), await statusOf(api, left), await dueOf(held), await dueOf(left)];
    const over = [423, 410, '2027-05-31', '2027-05-31'];
    expect(await standing()).toEqual(over);
    for (const next of [null, '2028-05-01']) {
      expect([next, await move(next)]).toEqual([next, 200]);
      expect([next, await standing()]).toEqual([next, over]);
    }
    const run = await season.run();
    expect(await standing()).toEqual([423, 410, '2027-05-31', undefined]);
    expect(await season.flawOf(run)).toBeUndefined();
    await season.release(hold);
    const last = await season.run();
    expect([await statusOf(api, held), await season.flawOf(last), await season.flawOf(run)]).toEqual([410, undefined, undefined]);
  });

  it('has ended nothing that was made since: that goes by the next of its year', async () => {
    const api = await season.on('2027-06-10');
    const late = await consenting(api);
    expect(await consentsOf(late)).toBe('2027-12-31');
    expect(await move('2027-10-15')).toBe(200);
    expect(await consentsOf(late)).toBe('2027-10-15');
    await season.on('2027-10-15');
    expect(await season.flawOf(await season.run())).toBeUndefined();
    expect(await consentsOf(late)).toBeUndefined();
  });
});

describe('a season end is not brought forward while a legal hold is in force', () => {
  it('though last year’s, which is still entered, is the earlier date', async () => {
    const id = await consenting(await season.on('2028-02-10'));
    expect(await consentsOf(id)).toBe('2028-12-31');
    const hold = await season.hold({ taxYear: 1999 });
    expect(await move('2028-05-01')).toBe('RETENTION_LOCKED');
    expect(await consentsOf(id)).toBe('2028-12-31');
    expect(await move(null)).toBe(200); // no sooner for anything
    await season.release(hold);
    expect(await move('2028-03-10')).toBe('INVALID_INPUT'); // 29 days
    expect(await move('2028-05-01')).toBe(200);
    expect(await consentsOf(id)).toBe('2028-05-01');
  });

  it('for what was made after it had come, though the new one is the later date', async () => {
    const id = await consenting(await season.on('2028-05-05'));
    const hold = await season.hold({ taxYear: 1999 });
    expect(await move('2028-08-01')).toBe('RETENTION_LOCKED');
    expect(await move('2029-05-01')).toBe(200); // nothing that lives is of that year
    expect(await consentsOf(id)).toBe('2028-12-31');
    await season.release(hold);
    expect(await move('2028-06-03')).toBe('INVALID_INPUT'); // 29 days
    expect(await move('2028-08-01')).toBe(200);
    expect(await consentsOf(id)).toBe('2028-08-01');
    expect(await season.flawOf(await season.run())).toBeUndefined();
  });

  it('nor beside one that is just being placed', async () => {
    const { app } = season.service;
    await season.on('2028-08-02');
    const api = await administrator();
    const moving = await app.get(RecordsDatabase).acrossSites(async (tx) => {
      await lockHolds(tx);
      const asked = api.patch('/api/site', { seasonEnd: '2028-10-01' }).then((answer) => answer);
      await sleep(300);
      const scope = { site: season.siteId, taxYear: 1999 };
      await app.get(KeyStore).transaction((store) => writeHold(store.tx, { id: randomUUID(), scope, placedAt: season.service.clock.now() }));
      return { asked };
    });
    expect((await moving.asked).body.code).toBe('RETENTION_LOCKED');
  });
});

/** An intake whose consents end with the season, and with nothing before. */
async function consenting(api: ApiClient): Promise<string> {
  const id = await season.intake(api);
  await season.touch(api, id, { consents: { form15080GivenOn: '2027-02-01' } });
  return id;
}

async function consentsOf(id: string): Promise<unknown> {
  const [row] = await season.keys(`SELECT due_day FROM life_share WHERE intake_id = $1 AND class = 'consents'`, id);
  return row?.['due_day'];
}
