import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signInAll } from '../../src/demo/members.js';
import { addDays, day, type Day } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { FollowRules } from '../../src/retention/policies/follow-rules.js';
import { RunPurge } from '../../src/retention/run-purge.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const REASON = 'The board decided on shorter periods in May.';
const TODAY = day('2027-02-01');

let service: TestService;
let one: ApiClient;
let other: ApiClient;
let preparer: ApiClient;
beforeAll(async () => {
  service = await startTestService({ now: TODAY });
  await signInAgain();
});
afterAll(() => service.stop());

async function signInAgain(): Promise<void> {
  const tokens = Object.fromEntries((await signInAll(service.app, service.members)).map(({ email, token }) => [email.split('@')[0], token]));
  [one, other, preparer] = ['administrator', 'administrator2', 'preparer'].map((name) => apiClient(service.url, tokens[name])) as [ApiClient, ApiClient, ApiClient];
}

function withDays(identity: number): object {
  const rules = [{ trigger: 'done', days: identity }, { trigger: 'untouched', days: identity }];
  return { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: { rules } } };
}

const propose = (document: unknown, effectiveDay: string, by = one) => by.post('/api/retention/policy/proposals', { document, effectiveDay, reason: REASON });

async function publish(document: unknown, effectiveDay: Day): Promise<number> {
  const asked = await propose(document, effectiveDay);
  expect([asked.status, asked.body]).toEqual([202, { approvalId: expect.any(String) }]);
  expect((await one.post(`/api/approvals/${asked.body.approvalId}/approve`)).body.code).toBe('APPROVER_NOT_INDEPENDENT');
  const { status } = await other.post(`/api/approvals/${asked.body.approvalId}/approve`);
  await service.app.get(FollowRules).now(); // within seconds by itself
  return status;
}

async function dueOf(id: string): Promise<Day> {
  const { body } = await preparer.get(`/api/intakes/${id}?fields=taxpayer.firstName`);
  return body.due.identity as Day;
}

const create = async () => (await preparer.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } })).body.id as string;
const run = () => service.app.get(RunPurge).execute('command');

describe('a policy is changed by two', () => {
  it('refuses what goes beyond the limits, comes without notice, or does not hold together', async () => {
    const soon = addDays(TODAY, 29);
    for (const [document, effectiveDay, field] of [
      [withDays(731), addDays(TODAY, 60), 'document'],
      [withDays(0), addDays(TODAY, 60), 'document'],
      [{ ...DEFAULT_POLICY, log: { entriesMonths: 6, certificatesYears: 6 } }, addDays(TODAY, 60), 'document'],
      [{ ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: { rules: [{ trigger: 'untouched', days: 3 }] } } }, addDays(TODAY, 60), 'document'],
      [{ ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, consents: { rules: [{ trigger: 'consent-expiry', days: 0 }] } } }, addDays(TODAY, 60), 'document'],
      ['x', addDays(TODAY, 60), 'document'],
      [withDays(10), soon, 'effectiveDay'],
      [withDays(60), TODAY, 'effectiveDay'],
      [withDays(60), 'soon', 'effectiveDay'],
    ] as const) {
      const { status, body } = await propose(document, effectiveDay);
      expect([status, body.code, body.fields]).toEqual([422, 'INVALID_INPUT', [field]]);
    }
    expect((await propose(withDays(60), addDays(TODAY, 1), preparer)).status).toBe(403);
  });

  it('refuses by name what a policy does not know, and asks nobody to sign it', async () => {
    const { classes, log } = DEFAULT_POLICY;
    const [first, second] = classes.contact.rules as [object, object];
    for (const [part, field] of [
      [{ foo: 1 }, 'foo'],
      [{ version: 7 }, 'version'],
      [{ '900-00-1234': null }, '?'],
      [{ toString: 1 }, 'toString'],
      [{ log: { ...log, foo: {} } }, 'log.foo'],
      [{ preparerList: { years: 4, months: 1 } }, 'preparerList.months'],
      [{ classes: { ...classes, constructor: classes.contact } }, 'classes.constructor'],
      [{ classes: { ...classes, contact: { ...classes.contact, x: 1 } } }, 'classes.contact.x'],
      [{ classes: { ...classes, contact: { rules: [first, { ...second, foo: 1 }] } } }, 'classes.contact.rules.1.foo'],
      [{ classes: { ...classes, consents: { ...classes.consents, whileNoneGiven: [first, { ...second, foo: 1 }] } } }, 'classes.consents.whileNoneGiven.1.foo'],
    ] as const) {
      const { status, body } = await propose({ ...withDays(60), ...part }, addDays(TODAY, 60));
      expect([status, body.code, body.fields]).toEqual([422, 'INVALID_INPUT', [`document.${field}`]]);
    }
    expect(await service.databases.recordsOwner('SELECT FROM approval')).toEqual([]);
  });

  it('refuses a trigger that stands twice among the rules of a class, and names them', async () => {
    const { classes } = DEFAULT_POLICY;
    const { contact, consents } = classes;
    const repeated = Array.from({ length: 300 }, () => contact.rules).flat();
    for (const [changed, place] of [
      [{ contact: { rules: [...contact.rules, { trigger: 'done', days: 60 }] } }, 'policy.classes.contact.rules'],
      [{ contact: { rules: repeated } }, 'policy.classes.contact.rules'],
      [{ consents: { ...consents, whileNoneGiven: repeated } }, 'policy.classes.consents.whileNoneGiven'],
    ] as const) {
      const { status, body } = await propose({ ...DEFAULT_POLICY, classes: { ...classes, ...changed } }, addDays(TODAY, 60));
      expect([status, body.code, body.fields]).toEqual([422, 'INVALID_INPUT', ['document']]);
      expect(body.message).toContain(`${place}: `);
    }
  });

  it('and everything that lives follows at once: longer, and shorter with its notice', async () => {
    const id = await create();
    expect(await dueOf(id)).toBe(addDays(TODAY, 30));
    expect(await publish(withDays(90), addDays(TODAY, 1))).toBe(204);
    expect(await dueOf(id)).toBe(addDays(TODAY, 90));
    expect(await publish(withDays(10), addDays(TODAY, 40))).toBe(204);
    expect(await dueOf(id)).toBe(addDays(TODAY, 40)); // not sooner than the day that was announced
    const fresh = await create();
    expect(await dueOf(fresh)).toBe(addDays(TODAY, 40));
    const { body } = await preparer.get('/api/retention/policy');
    expect([body.version, body.announced.map(({ version }: { version: number }) => version)]).toEqual([1, [2, 3]]);
    expect(await run()).toMatchObject({ state: 'finished' });
    service.clock.advanceDays(40);
    await signInAgain();
    expect((await preparer.get(`/api/intakes/${id}?fields=taxpayer.firstName`)).status).toBe(410);
    expect(await run()).toMatchObject({ state: 'finished' });
    expect((await preparer.get('/api/retention/policy')).body).toMatchObject({ version: 3, announced: [] });
    const page = await apiClient(service.url).get('/policy');
    expect(page.text).toContain('Earlier versions');
  });

  it('is not shortened while a hold is in force, and what was announced is taken back', async () => {
    const now = addDays(TODAY, 40);
    expect(await publish(withDays(9), addDays(now, 30))).toBe(204);
    const id = await create();
    expect(await dueOf(id)).toBe(addDays(now, 10));
    const { body: hold } = await one.post('/api/holds', { matter: '2027-CV-0142', scope: { taxYear: 1999 } });
    await service.app.get(FollowRules).now();
    expect((await preparer.get('/api/retention/policy')).body.announced).toEqual([]);
    expect((await propose(withDays(8), addDays(now, 40))).body.code).toBe('RETENTION_LOCKED');
    expect((await one.patch('/api/site', { seasonEnd: addDays(now, 60) })).body.code).toBe('RETENTION_LOCKED');
    expect(await publish(withDays(20), addDays(now, 1))).toBe(204); // longer is no matter
    expect(await dueOf(id)).toBe(addDays(now, 20));
    expect(await run()).toMatchObject({ state: 'finished' });

    const asked = await one.post(`/api/holds/${hold.id}/release`, { reason: REASON });
    await other.post(`/api/approvals/${asked.body.approvalId}/approve`).expect(204);
    expect((await propose(withDays(8), addDays(now, 40))).status).toBe(202);
  });

  it('is believed only as the log has it: what was taken back by hand, or brought back, stops a run', async () => {
    for (const sql of [
      'UPDATE retention_policy SET withdrawn_at = now() WHERE version = 3',
      'UPDATE retention_policy SET withdrawn_at = NULL WHERE withdrawn_at IS NOT NULL',
      `UPDATE site SET season_end = '2027-03-15'`,
    ]) {
      const kept = await service.databases.recordsOwner('SELECT version, withdrawn_at FROM retention_policy');
      await service.databases.recordsOwner(sql);
      expect(await run()).toMatchObject({ state: 'failed', reason: 'inputs-changed' });
      for (const { version, withdrawn_at } of kept) await service.databases.recordsOwner('UPDATE retention_policy SET withdrawn_at = $2 WHERE version = $1', [version, withdrawn_at]);
      await service.databases.recordsOwner('UPDATE site SET season_end = NULL');
    }
    expect(await run()).toMatchObject({ state: 'finished' });
  });

  it('and a season end that is moved is followed at once', async () => {
    const id = await create();
    const now = addDays(TODAY, 40);
    expect((await one.patch('/api/site', { seasonEnd: addDays(now, 30) })).status).toBe(200);
    await service.app.get(FollowRules).now();
    expect(await dueOf(id)).toBe(addDays(now, 20));
    expect((await preparer.get(`/api/intakes/${id}?fields=consents.form15080Version`)).body.due.consents).toBe(addDays(now, 30));
    expect(await run()).toMatchObject({ state: 'finished' });
  });
});
