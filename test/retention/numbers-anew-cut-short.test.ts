import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunPurge } from '../../src/retention/run-purge.js';
import type { ApiClient } from '../support/test-service.js';
import { Season } from './check/season.js';

const [NUMBER, OTHER_NUMBER] = ['900-00-0001', '900-00-0002'];
const FUNCTION = 'forget_earlier_lookups';

let season: Season;
beforeAll(async () => {
  season = await Season.start('2027-02-01');
});
afterAll(() => season.end());

/** Rejected, the day after that of its number, with no run since. */
async function rejected(created: string, later: string): Promise<readonly [ApiClient, string]> {
  const first = await season.on(created);
  const id = await season.intake(first);
  await season.stages(first, id, 'prepared', 'filed', 'rejected');
  const api = await season.on(later);
  expect((await read(api, id)).status).toBe(410);
  return [api, id];
}

const read = (api: ApiClient, id: string) => api.get(`/api/intakes/${id}?fields=taxpayer.taxpayerId`);

async function give(api: ApiClient, id: string, taxpayerId: string): Promise<number> {
  const { version } = (await api.get(`/api/intakes/${id}?fields=situation`)).body;
  return (await api.patch(`/api/intakes/${id}`, { version, answers: { taxpayer: { taxpayerId } } })).status;
}

/** Everything from the records' commit on fails. */
async function afterTheCommitFails<T>(work: () => Promise<T>): Promise<T> {
  await season.keys(`ALTER FUNCTION ${FUNCTION} RENAME TO not_there`);
  try {
    return await work();
  } finally {
    await season.keys(`ALTER FUNCTION not_there RENAME TO ${FUNCTION}`);
  }
}

const lifeOf = async (id: string) => (await season.keys(`SELECT due_day, bucket_id FROM life_share WHERE intake_id = $1 AND class = 'credentials'`, id))[0];

describe('numbers that are given again before a run has destroyed the old ones', () => {
  it('and that a crash left without a life are not there, can be given once more, and stop neither a save nor a run', async () => {
    const [api, id] = await rejected('2027-02-01', '2027-02-05');
    expect(await afterTheCommitFails(() => give(api, id, OTHER_NUMBER))).toBe(500);
    expect((await lifeOf(id))?.['due_day']).toBe('2027-02-04');
    await season.touch(api, id);
    const run = await season.run();
    expect(await season.flawOf(run)).toBeUndefined();
    expect((await read(api, id)).status).toBe(410);
    await season.touch(api, id);
    expect(await give(api, id, NUMBER)).toBe(200);
    expect((await read(api, id)).body.answers).toEqual({ taxpayer: { taxpayerId: NUMBER } });
    await season.on('2027-02-08');
    expect(await season.flawOf(await season.run())).toBeUndefined();
  });

  it('leave the old ones to a legal hold that comes before their own life does', async () => {
    const [api, id] = await rejected('2027-02-20', '2027-02-24');
    const preserved = () => season.service.databases.recordsOwner('SELECT class, version FROM preserved_section WHERE intake_id = $1', [id]);
    expect(await afterTheCommitFails(() => give(api, id, OTHER_NUMBER))).toBe(500);
    const hold = await season.hold({ intakes: [id] });
    expect(await give(api, id, OTHER_NUMBER)).toBe(423);
    await season.run();
    expect((await lifeOf(id))?.['due_day']).toBe('2027-02-23');
    expect(await preserved()).toEqual([{ class: 'credentials', version: 4 }]);
    await season.release(hold);
    const run = await season.run();
    expect([await preserved(), await lifeOf(id), await season.flawOf(run)]).toEqual([[], undefined, undefined]);
  });

  it('live until their own day, though somebody writes the old one into the key store', async () => {
    const [api, id] = await rejected('2027-03-01', '2027-03-05');
    expect(await give(api, id, OTHER_NUMBER)).toBe(200);
    await season.keys(`UPDATE life_share SET due_day = '2027-03-04' WHERE intake_id = $1 AND class = 'credentials'`, id);
    const outcome = await season.service.app.get(RunPurge).execute('command');
    expect(outcome).toMatchObject({ state: 'failed', reason: 'inputs-changed' });
    expect((await lifeOf(id))?.['due_day']).toBe('2027-03-08');
    expect((await read(api, id)).body.answers).toEqual({ taxpayer: { taxpayerId: OTHER_NUMBER } });
    expect(await season.flawOf(await season.run())).toBeUndefined();
  });
});
