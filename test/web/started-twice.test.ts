import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

const count = async (table: string): Promise<number> => (await world.service.databases.recordsOwner(`SELECT FROM ${table}`)).length;

describe('a new intake that is asked for twice', () => {
  let before: number;
  beforeEach(async () => {
    before = await count('intake');
  });

  const press = async (body: URLSearchParams) => (await world.as('preparer').send('/intakes', body)).path;

  it('is one, and both lead to it', async () => {
    const visitor = await world.as('preparer').open('/intakes/new');
    const body = visitor.form.body();
    const first = await press(body);
    expect(first).toMatch(/\/you\?said=created$/);
    expect(await press(body)).toBe(first);
    expect(await count('intake')).toBe(before + 1);
    expect(await press((await visitor.open('/intakes/new')).form.body())).not.toBe(first);
  });

  it('is one when both arrive together', async () => {
    const body = (await world.as('preparer').open('/intakes/new')).form.body();
    const paths = await Promise.all(Array.from({ length: 4 }, () => press(body)));
    expect(new Set(paths).size).toBe(1);
    expect(await count('intake')).toBe(before + 1);
    expect((await world.as('preparer').open(paths[0]!)).status).toBe(200);
  });

  it('is one for each of two members, whoever made up the value', async () => {
    const key = randomUUID();
    const [one, , , two] = world.service.members;
    const start = async (token: string) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key };
      const response = await fetch(`${world.service.url}/api/intakes`, { method: 'POST', headers, body: '{"taxYear":2026}' });
      return { status: response.status, body: (await response.json()) as { id: string; version: number } };
    };
    const answers = [await start(one!.token), await start(two!.token), await start(one!.token)];
    expect(answers.map(({ status, body }) => [status, body.version])).toEqual([[201, 1], [201, 1], [201, 1]]);
    expect(answers[2]).toEqual(answers[0]);
    expect(answers[1]!.body.id).not.toBe(answers[0]!.body.id);
    expect(await count('intake')).toBe(before + 2);
  });

  it('is refused with other content, of which nothing is dropped unsaid, and is the same whatever order the names are in', async () => {
    const key = randomUUID();
    const start = async (body: object) => {
      const answer = await world.service.api('preparer').post('/api/intakes', body).set('Idempotency-Key', key);
      return [answer.status, answer.body.id ?? answer.body.fields];
    };
    const [firstName, lastName] = ['Agnes', 'Ferreira'];
    const first = await start({ taxYear: 2026, answers: { taxpayer: { firstName, lastName }, household: [{ firstName: 'Rui' }] } });
    expect(first[0]).toBe(201);
    expect(await start({ answers: { household: [{ firstName: 'Rui' }], taxpayer: { lastName, firstName } }, taxYear: 2026 })).toEqual(first);
    for (const other of [
      { taxYear: 2026 },
      { taxYear: 2025, answers: { taxpayer: { firstName, lastName }, household: [{ firstName: 'Rui' }] } },
      { taxYear: 2026, answers: { taxpayer: { firstName, lastName: 'Ferreiro' }, household: [{ firstName: 'Rui' }] } },
      { taxYear: 2026, answers: { taxpayer: { firstName, lastName }, household: [{}, { firstName: 'Rui' }] } },
    ]) {
      expect(await start(other)).toEqual([422, ['Idempotency-Key']]);
    }
    expect(await count('intake')).toBe(before + 1);
    const [row] = await world.service.databases.recordsOwner<{ row: string }>('SELECT s::text AS row FROM submission s WHERE intake_id = $1', [first[1]]);
    for (const text of [key, firstName, lastName]) expect(row!.row.toLowerCase()).not.toContain(text!.toLowerCase());
  });

  it('is one of two that arrive together with other content: the second is told', async () => {
    const key = randomUUID();
    const start = (firstName: string) => world.service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName } } }).set('Idempotency-Key', key);
    const answers = await Promise.all(['Agnes', 'Berta', 'Clara'].map((name) => start(name)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    expect(await count('intake')).toBe(before + 1);
  });

  it('leads to the intake that is there when the form comes back with another year, and says so', async () => {
    const visitor = await world.as('preparer').open('/intakes/new');
    const first = await press(visitor.form.body());
    visitor.form.fill('taxYear', '2024');
    await visitor.press(visitor.form);
    expect(visitor.path).toBe(first.replace('said=created', 'said=started-before'));
    expect([visitor.status, visitor.html.includes('nothing new was started'), await count('intake')]).toEqual([200, true, before + 1]);
  });

  it('is begun anew when the first attempt was refused', async () => {
    const visitor = await world.as('preparer').open('/intakes/new');
    const body = visitor.form.body();
    const wrong = new URLSearchParams(body);
    wrong.set('taxYear', '1776');
    await visitor.send('/intakes', wrong);
    expect([visitor.status, await count('intake')]).toEqual([422, before]);
    expect(await press(body)).toMatch(/said=created$/);
  });

  it('needs a value that nobody can guess: anything else is refused, and nothing is remembered of it', async () => {
    const preparer = world.service.api('preparer');
    for (const key of ['900-00-1234', '', 'x'.repeat(500), `${randomUUID()} `.repeat(2)]) {
      const { status, body } = await preparer.post('/api/intakes', { taxYear: 2026 }).set('Idempotency-Key', key);
      expect([status, body.fields]).toEqual([422, ['Idempotency-Key']]);
    }
    expect(await count('intake')).toBe(before);
    const visitor = await world.as('preparer').open('/intakes/new');
    const body = visitor.form.body();
    body.delete('form');
    expect((await visitor.send('/intakes', body)).status).toBe(400);
  });
});
