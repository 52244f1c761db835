import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runPurge } from '../../support/run-purge.js';
import { startTestService, type ApiClient, type TestService } from '../../support/test-service.js';
import { WebVisitor } from '../../support/web-visitor.js';

const NUMBER = '400-00-1234';
const ANSWERS = {
  taxpayer: { firstName: 'Robin', lastName: 'Sample', dateOfBirth: '1980-05-17', taxpayerId: NUMBER },
  contact: { phone: '2025550100' },
  household: [{ firstName: 'Kim', relationship: 'child' }],
};

let service: TestService;
let id: string;
beforeEach(async () => {
  service = await startTestService();
  id = (await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: ANSWERS }).expect(201)).body.id;
});
afterEach(() => service.stop());

const hold = (scope: object) => service.api('administrator').post('/api/holds', { matter: '2027-CV-0142', scope }).expect(201);

/** A preparer on a day after a run that found something due. */
async function after(days: number): Promise<ApiClient> {
  service.clock.advanceDays(days);
  expect((await runPurge(await service.signInAgain('administrator'))).state).toBe('finished');
  return service.signInAgain('preparer');
}

const sections = () => service.databases.recordsOwner<{ class: string; sealed: Buffer }>('SELECT class, sealed FROM section WHERE intake_id = $1 ORDER BY class', [id]);
const versions = () => service.databases.recordsOwner<{ class: string; version: number }>('SELECT class, version FROM preserved_section WHERE intake_id = $1 ORDER BY version, class', [id]);

describe('an intake that a hold keeps past its day', () => {
  it('opens for nobody, by no way that leads to it, and stays as it is', async () => {
    await hold({ intakes: [id] });
    const preparer = await after(31);
    const before = await sections();
    expect(before).toHaveLength(9);
    const at = `/api/intakes/${id}`;
    const refused = [
      await preparer.get(at),
      await preparer.get(`${at}?fields=taxpayer.taxpayerId`),
      await preparer.get(`${at}?fields=taxpayer,contact,household,address,situation,consents&purpose=legal`),
      await preparer.patch(at, { version: 1, answers: { taxpayer: { firstName: 'Other' } } }),
      await preparer.patch(at, { version: 1, answers: { contact: null } }),
      await preparer.post(`${at}/stage`, { stage: 'prepared', version: 1 }),
      await preparer.post(`${at}/stage`, { stage: 'withdrawn' }),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(refused.map(() => [423, 'PRESERVED']));

    const [listed] = (await preparer.get('/api/intakes')).body.intakes;
    expect([listed.id, listed.displayName, listed.due]).toEqual([id, undefined, {}]);
    for (const query of [{ taxpayerId: NUMBER }, { phone: '2025550100' }, { lastName: 'Sample', dateOfBirth: '1980-05-17' }]) {
      expect((await preparer.post('/api/intakes/search', query)).body).toEqual({ matches: [] });
    }
    expect(await sections()).toEqual(before);
    expect(await versions()).toEqual([]);
  });

  it('is said to be kept, calmly, on every page of it', async () => {
    await hold({ all: true });
    await after(31);
    const { email, password } = service.members[0]!;
    const visitor = new WebVisitor(service.url, (await service.api().post('/api/sign-in', { email, password })).body.token);
    for (const page of ['you', 'household', 'numbers', 'refund']) {
      await visitor.open(`/intakes/${id}/${page}`);
      expect([page, visitor.status, visitor.html.includes('This is preserved and closed')]).toEqual([page, 423, true]);
    }
    for (const page of ['/intakes', `/intakes/${id}/review`, `/intakes/${id}/stage`]) {
      await visitor.open(page);
      expect([page, visitor.html.includes('Robin'), visitor.html.includes('Sample'), visitor.status < 500]).toEqual([page, false, false, true]);
    }
  });
});

describe('an intake of which a hold keeps one class past its day', () => {
  it('opens what lives, says what is kept, and takes changes of the rest', async () => {
    await hold({ classes: ['credentials'], intakes: [id] });
    const preparer = await after(3);
    const kept = (await sections()).find((row) => row.class === 'credentials')!;
    const at = `/api/intakes/${id}`;
    expect((await preparer.get(`${at}?fields=taxpayer.taxpayerId`)).body.code).toBe('PRESERVED');
    const { body } = await preparer.get(`${at}?fields=taxpayer.firstName,taxpayer.taxpayerId`).expect(200);
    expect(body).toMatchObject({ answers: { taxpayer: { firstName: 'Robin' } }, preserved: { credentials: '2027-02-04' }, due: { identity: '2027-03-03' } });
    expect([body.answers.taxpayer.taxpayerId, body.destroyed]).toEqual([undefined, undefined]);
    expect((await preparer.get(`${at}?fields=taxpayer.firstName`)).body.preserved).toBeUndefined();

    expect((await preparer.patch(at, { version: 1, answers: { taxpayer: { firstName: 'Other', taxpayerId: '400-00-9999' } } })).body.code).toBe('PRESERVED');
    expect((await preparer.patch(at, { version: 1, answers: { taxpayer: { firstName: 'Other' } } })).body).toEqual({ version: 2, stage: 'open' });
    let version = 2;
    for (const stage of ['prepared', 'filed', 'rejected']) {
      expect((await preparer.post(`${at}/stage`, { stage, version })).body).toEqual({ version: ++version, stage });
    }
    // Numbers of a rejected return begin anew where they are gone. These are not.
    expect((await preparer.patch(at, { version, answers: { taxpayer: { taxpayerId: '400-00-9999' } } })).status).toBe(423);
    expect((await preparer.post('/api/intakes/search', { taxpayerId: NUMBER })).body).toEqual({ matches: [] });
    expect((await sections()).find((row) => row.class === 'credentials')).toEqual(kept);
    // Nothing took the place of what is kept, so there is no earlier version of it, and the hold names nothing else.
    expect(await versions()).toEqual([]);
  });
});
