import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLASSES_FROM_THE_START } from '../../../src/catalogue/retention-class.js';
import { ErasureWorld, REASON } from './erasure-world.js';

const TODAY = '2027-02-01';

let world: ErasureWorld;
beforeAll(async () => {
  world = await ErasureWorld.start();
});
afterAll(() => world.service.stop());

async function tomorrow(): Promise<void> {
  world.service.clock.advanceDays(1);
  await world.signInAgain();
}

const sharesOf = (id: string) => world.service.databases.keysOwner('SELECT FROM life_share WHERE intake_id = $1', [id]);
const sectionsOf = (id: string) => world.service.databases.recordsOwner('SELECT FROM section WHERE intake_id = $1', [id]);

describe('an approved erasure', () => {
  it('ends reading, writing, searching and listing at once, with the day', async () => {
    const id = await world.started({ taxpayer: { firstName: 'Ana', lastName: 'Duarte' }, contact: { phone: '2025550188' } });
    const approvalId = await world.asked(id);
    await world.approve(approvalId).expect(204);
    const gone = await world.read(id);
    expect([gone.status, gone.body.code, gone.body.destroyed]).toEqual([410, 'DESTROYED', expect.objectContaining({ contact: TODAY, identity: TODAY })]);
    const preparer = world.as('preparer');
    expect((await preparer.patch(`/api/intakes/${id}`, { version: 1, answers: { contact: { phone: '2025550166' } } })).status).toBe(410);
    expect((await preparer.post(`/api/intakes/${id}/stage`, { stage: 'prepared' })).status).toBe(410);
    expect((await preparer.post('/api/intakes/search', { phone: '2025550188' })).body.matches).toEqual([]);
    const listed = (await preparer.get('/api/intakes')).body.intakes.find((one: { id: string }) => one.id === id);
    expect([listed.displayName, listed.due]).toEqual([undefined, {}]);
    expect((await world.ask(id)).status).toBe(410);
    expect(await world.dueDays(id)).toEqual([TODAY]);
  });

  it('is in the log with the whole facts, who approved, and no word of the reason', async () => {
    const id = await world.started();
    const approvalId = await world.asked(id);
    await world.approve(approvalId).expect(204);
    const { body } = await world.as('auditor').get(`/api/audit/events?kind=intake.erased&intake=${id}`);
    expect(body.events).toHaveLength(1);
    expect(body.events[0]).toMatchObject({
      actor: { role: 'administrator' },
      subject: { intake: id },
      context: { approval: approvalId, facts: { taxYear: 2026, createdDay: TODAY, erasedDay: TODAY, stage: 'open' } },
    });
    expect(JSON.stringify(body)).not.toContain(REASON);
  });

  it('destroys the keys with the next run, is counted in its certificate, and leaves everybody else’s alone', async () => {
    const [id, other] = [await world.erased(), await world.started()];
    expect((await world.receipt(id)).body).toEqual({ intakeId: id, taxYear: 2026, askedDay: TODAY, day: TODAY, approvalId: expect.any(String), state: 'waiting' });
    const run = await world.run();
    expect(run.state).toBe('finished');
    expect([await sharesOf(id), await sectionsOf(id)]).toEqual([[], []]);
    const receipt = (await world.receipt(id)).body;
    expect(receipt).toMatchObject({ state: 'destroyed', runId: run.id, destroyedDay: TODAY });
    const { certificate } = (await world.as('auditor').get(`/api/retention/certificates/${receipt.runId}`)).body;
    const classes = new Set(certificate.buckets.map((bucket: { class: string }) => bucket.class));
    expect([...classes].sort()).toEqual([...CLASSES_FROM_THE_START].sort());
    await world.read(other).expect(200);
    const gone = await world.read(id);
    expect([gone.status, gone.body.destroyed, gone.body.erased]).toEqual([410, { all: TODAY }, id]);
    expect((await world.run()).state).toBe('finished');
    expect((await world.receipt(id)).body.runId).toBe(run.id);
  });

  it('is kept by a hold that comes before the run, and destroyed once that is released', async () => {
    const id = await world.erased();
    const hold = await world.hold(id);
    expect((await world.read(id)).status).toBe(423);
    await world.run();
    expect((await sharesOf(id)).length).toBe(CLASSES_FROM_THE_START.length);
    expect((await world.receipt(id)).body).toMatchObject({ state: 'held' });
    expect((await world.read(id)).body.code).toBe('PRESERVED');
    await world.release(hold);
    const run = await world.run();
    expect([(await sharesOf(id)).length, (await world.receipt(id)).body.runId]).toEqual([0, run.id]);
  });

  it('has a receipt for all of the site until the year is over', async () => {
    const id = await world.erased();
    await world.run();
    for (const name of ['preparer', 'preparer2', 'administrator', 'auditor'] as const) await world.receipt(id, world.as(name)).expect(200);
    await tomorrow();
    await world.run();
    await world.receipt(id).expect(200);
    world.service.clock.advanceDays(365);
    await world.signInAgain();
    await world.run();
    await world.receipt(id).expect(404);
  });
});
