import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SettleErasures } from '../../../src/retention/erasure/settle-erasures.js';
import { ErasureWorld } from './erasure-world.js';

const TODAY = '2027-02-01';

let world: ErasureWorld;
beforeAll(async () => {
  world = await ErasureWorld.start();
  const refuse = `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`;
  await world.service.databases.keysOwner(refuse);
});
afterAll(() => world.service.stop());
afterEach(() => world.service.databases.keysOwner('DROP TRIGGER IF EXISTS refuse ON life_share'));

/** The key store's part fails, as a crash right after the commit of the records would have it. */
const refuseSettling = () =>
  world.service.databases.keysOwner('CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON life_share FOR EACH ROW EXECUTE FUNCTION refuse()');

describe('a crash between the approval’s commit and the key store', () => {
  async function cutShort(): Promise<string> {
    const id = await world.started({ taxpayer: { firstName: 'Rui', lastName: 'Costa' }, contact: { phone: '2025550123' } });
    const approvalId = await world.asked(id);
    await refuseSettling();
    expect((await world.approve(approvalId)).status).toBe(500);
    await world.service.databases.keysOwner('DROP TRIGGER refuse ON life_share');
    expect((await world.dueDays(id)).every((day) => day > TODAY)).toBe(true);
    return id;
  }

  it('leaves nothing that can be read, found, listed by name or written, though its keys live on', async () => {
    const id = await cutShort();
    const gone = await world.read(id);
    expect([gone.status, gone.body.code, gone.body.destroyed.contact]).toEqual([410, 'DESTROYED', TODAY]);
    const preparer = world.as('preparer');
    expect((await preparer.post('/api/intakes/search', { phone: '2025550123' })).body.matches).toEqual([]);
    const listed = (await preparer.get('/api/intakes')).body.intakes.find((one: { id: string }) => one.id === id);
    expect(listed.displayName).toBeUndefined();
    expect((await preparer.patch(`/api/intakes/${id}`, { version: 1, answers: {} })).status).toBe(410);
    expect((await preparer.post(`/api/intakes/${id}/stage`, { stage: 'withdrawn' })).status).toBe(410);
  });

  it('is made good by the next start', async () => {
    const id = await cutShort();
    await world.service.app.get(SettleErasures).onApplicationBootstrap();
    expect(await world.dueDays(id)).toEqual([TODAY]);
    await world.run();
    expect(await world.dueDays(id)).toEqual([]);
    expect((await world.receipt(id)).body.state).toBe('destroyed');
  });

  it('is made good by the next run, which destroys it and is none the worse for it', async () => {
    const id = await cutShort();
    const run = await world.run();
    expect([run.state, await world.dueDays(id)]).toEqual(['finished', []]);
    expect((await world.receipt(id)).body).toMatchObject({ state: 'destroyed', runId: run.id });
  });
});

describe('saves beside an approval', () => {
  it('are whole and come before it, or are refused: nothing is longer afterwards, whoever comes first', async () => {
    for (let round = 0; round < 12; round++) {
      const id = await world.started();
      const approvalId = await world.asked(id);
      const save = world.as('preparer').patch(`/api/intakes/${id}`, { version: 1, answers: { contact: { phone: '2025550166' } } });
      const [approved, saved] = await Promise.all([world.approve(approvalId), save]);
      expect([approved.status, [200, 410].includes(saved.status)]).toEqual([204, true]);
      expect([round, await world.dueDays(id)]).toEqual([round, [TODAY]]);
      await world.read(id).expect(410);
    }
  });

  it('with numbers begun anew give them no life', async () => {
    for (let round = 0; round < 8; round++) {
      const id = await world.started();
      const at = `/api/intakes/${id}`;
      for (const stage of ['prepared', 'filed', 'rejected']) await world.as('preparer').post(`${at}/stage`, { stage }).expect(200);
      // As three days later: the numbers are destroyed, everything else lives.
      await world.service.databases.keysOwner(`DELETE FROM life_share WHERE intake_id = $1 AND class = 'credentials'`, [id]);
      const approvalId = await world.asked(id);
      const save = world.as('preparer').patch(at, { version: 4, answers: { taxpayer: { taxpayerId: '400-00-6666' } } });
      const [approved, saved] = await Promise.all([world.approve(approvalId), save]);
      expect([approved.status, [200, 410].includes(saved.status)]).toEqual([204, true]);
      expect([round, await world.dueDays(id)]).toEqual([round, [TODAY]]);
      expect((await world.as('preparer').get(`${at}?fields=taxpayer.taxpayerId`)).status).toBe(410);
    }
  });
});

describe('an intake that a run has destroyed, and not swept yet', () => {
  it('is erased no more: no certificate that comes counts its keys', async () => {
    const id = await world.started();
    const approvalId = await world.asked(id);
    await world.service.databases.keysOwner('DELETE FROM bucket WHERE id IN (SELECT bucket_id FROM life_share WHERE intake_id = $1)', [id]);
    const days = await world.service.databases.keysOwner<{ day: string }>(`SELECT due_day::text AS day FROM life_share WHERE intake_id = $1 AND class = 'contact'`, [id]);
    for (const refused of [await world.approve(approvalId), await world.ask(await destroyedToo())]) {
      expect([refused.status, refused.body.code, refused.body.destroyed.contact]).toEqual([410, 'DESTROYED', days[0]!.day]);
    }
    await world.receipt(id).expect(404);
  });

  async function destroyedToo(): Promise<string> {
    const id = await world.started();
    await world.service.databases.keysOwner('DELETE FROM bucket WHERE id IN (SELECT bucket_id FROM life_share WHERE intake_id = $1)', [id]);
    return id;
  }
});
