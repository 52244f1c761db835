import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { extendFrontier, frontierBytes } from '../../src/audit/merkle.js';
import { Signer } from '../../src/audit/signer.js';
import { signInAll, type SignedInMember } from '../../src/demo/members.js';
import { CheckRestored } from '../../src/retention/check-restored.js';
import { recallRecords } from '../../src/vault/restored/records-memory.js';
import { WatchRecords } from '../../src/vault/restored/watch-records.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../support/test-service.js';
import { WebVisitor } from '../support/web-visitor.js';

const REASON = 'The disk of the records died last night; nothing was entered since.';
const DAY_MS = 86_400_000;

let service: TestService;
let ada: SignedInMember;
let amina: SignedInMember;
let auditor: SignedInMember;
const api = ({ token }: SignedInMember): ApiClient => apiClient(service.url, token);
const page = ({ token }: SignedInMember): WebVisitor => new WebVisitor(service.url, token);
const change = (sql: string, parameters: unknown[] = []) => service.databases.recordsOwner(sql, parameters);

/** Records that have lost their newest entries, swept by restore-check; everybody who can has signed in afterwards. */
beforeAll(async () => {
  service = await startTestService();
  await service.app.get(Signer).sign(); // the log has its first origin
  await service.app.get(WatchRecords).look();
  const { tree } = (await service.databases.keys.transaction(recallRecords))!;
  const longer = extendFrontier(tree, Array.from({ length: 500 }, () => randomBytes(32)));
  await service.databases.keysOwner('UPDATE records_memory SET log_size = $1, log_frontier = $2', [longer.size, frontierBytes(longer)]);
  await service.app.get(WatchRecords).look();
  await service.app.get(CheckRestored).run(async () => undefined);
  await change(`UPDATE member SET name = 'Ada <i>A</i>' WHERE name LIKE 'Ada %'`);
  [ada, auditor, amina] = (await signInAll(service.app, service.members.filter(({ role }) => role !== 'preparer'))) as typeof service.members as [SignedInMember, SignedInMember, SignedInMember];
});
beforeEach(async () => {
  await service.databases.keysOwner('UPDATE restored_records SET asked_by = NULL, asked_at = NULL, asked_reason = NULL');
});
afterAll(() => service.stop());

const ask = (who: SignedInMember, reason: unknown = REASON) => api(who).post('/api/restored/ask', { reason });
const step = async (who: SignedInMember, name: 'release' | 'decline' | 'withdraw') => {
  const { status, body } = await api(who).post(`/api/restored/${name}`);
  return status === 204 ? 'done' : body.code;
};
const seen = async (who: SignedInMember) => (await api(who).get('/api/restored')).body;
const logged = async () =>
  (await change(`SELECT e.kind FROM log_entry e WHERE e.kind LIKE 'restore.%' AND e.kind <> 'restore.found' AND e.kind <> 'restore.swept' ORDER BY e.id`)).map(({ kind }) => kind);

/** What the rule says of each other, as rows: how the second came to be an administrator. */
async function invited(guest: SignedInMember, host: SignedInMember, state: 'approved' | 'expired'): Promise<() => Promise<unknown>> {
  await change(
    `WITH decided AS (
       INSERT INTO approval (id, kind, subject, reason, requested_by, requested_at, expires_at, state, decided_by, decided_at)
       SELECT gen_random_uuid(), 'administrator.invited', '{}', 'The season needs one more.', h.id, now(), now(), $3, CASE WHEN $3 = 'approved' THEN g.id END, now()
       FROM member h, member g WHERE h.email = $2 AND g.email = $1 RETURNING id, requested_by)
     UPDATE member SET invited_by = requested_by, approval_id = decided.id FROM decided WHERE email = $1`,
    [guest.email, host.email, state],
  );
  return () => change('UPDATE member SET invited_by = NULL, approval_id = NULL WHERE email = $1', [guest.email]);
}

describe('the release of restored records', () => {
  it('is asked for with a reason, by the rules of every reason, which stays out of the log', async () => {
    const before = await logged();
    for (const reason of [undefined, null, 7, '', 'too short', 'her number is 400-12-3456', 'x'.repeat(501), 'left to \u202eright here']) {
      const { status, body } = await api(ada).post('/api/restored/ask', { reason });
      expect([reason, status, body.code, body.fields]).toEqual([reason, 422, 'INVALID_INPUT', ['reason']]);
    }
    expect([await seen(ada), await logged()]).toEqual([expect.not.objectContaining({ asked: expect.anything() }), before]);
    expect((await ask(ada, '  The disk\r\n died, last  night.')).status).toBe(204);
    expect((await seen(amina)).asked.reason).toBe('The disk died, last night.');
    const parts = await change('SELECT actor || subject || context AS text FROM log_part');
    expect(parts.filter(({ text }) => String(text).includes('The disk'))).toEqual([]);
  });

  it('is seen with its reason by whoever may know, and decided once by another administrator', async () => {
    const before = (await logged()).length;
    expect((await seen(amina)).may).toEqual(['ask']);
    await ask(ada);
    const request = { reason: REASON, by: { name: 'Ada <i>A</i>' }, at: expect.any(String), lapsesAt: expect.any(String) };
    expect(await seen(ada)).toMatchObject({ state: 'restored', asked: request, may: ['withdraw'] });
    expect(await seen(amina)).toMatchObject({ asked: request, may: ['release', 'decline'] });
    expect(await seen(auditor)).toMatchObject({ asked: request, may: [] });
    expect([(await ask(ada)).body.code, (await ask(amina)).body.code]).toEqual(['ALREADY_DONE', 'ALREADY_DONE']);
    expect([await step(ada, 'release'), await step(ada, 'decline'), await step(amina, 'withdraw')]).toEqual(['APPROVER_NOT_INDEPENDENT', 'APPROVER_NOT_INDEPENDENT', 'FORBIDDEN']);

    expect(await step(amina, 'decline')).toBe('done');
    for (const name of ['release', 'decline', 'withdraw'] as const) for (const who of [ada, amina]) expect(await step(who, name)).toBe('APPROVAL_CLOSED');
    expect((await seen(ada)).may).toEqual(['ask']);
    await ask(ada);
    expect(await step(ada, 'withdraw')).toBe('done');
    expect(await step(amina, 'release')).toBe('APPROVAL_CLOSED');
    expect((await service.api().get('/readyz')).body.code).toBe('RESTORED');
    expect((await logged()).slice(before)).toEqual(['restore.asked', 'restore.declined', 'restore.asked', 'restore.withdrawn']);
  });

  it('is not for a guest of whoever asked, nor for host and guest where nobody approved the guest', async () => {
    for (const state of ['approved', 'expired'] as const) {
      const undo = await invited(amina, ada, state);
      await ask(ada);
      expect([await step(amina, 'release'), (await seen(amina)).may]).toEqual(['APPROVER_NOT_INDEPENDENT', ['decline']]);
      expect(await step(amina, 'decline')).toBe('done');
      await ask(amina);
      const mayHost = state === 'approved' ? ['release', 'decline'] : ['decline'];
      expect((await seen(ada)).may).toEqual(mayHost);
      if (state === 'expired') expect(await step(ada, 'release')).toBe('APPROVER_NOT_INDEPENDENT');
      expect(await step(ada, 'decline')).toBe('done');
      await undo();
    }
  });

  it('lapses after a day, and with whoever asked', async () => {
    const now = service.clock.now();
    await ask(ada);
    const setAsked = (at: Date) => service.databases.keysOwner('UPDATE restored_records SET asked_at = $1', [at]);
    await setAsked(new Date(now.getTime() - DAY_MS + 60_000));
    expect((await seen(amina)).may).toEqual(['release', 'decline']);
    await setAsked(new Date(now.getTime() - DAY_MS));
    expect([await step(amina, 'release'), (await seen(amina)).asked, (await seen(amina)).may]).toEqual(['APPROVAL_CLOSED', undefined, ['ask']]);
    await setAsked(now);
    await change(`UPDATE member SET status = 'disabled' WHERE email = $1`, [ada.email]);
    expect([await step(amina, 'release'), (await seen(amina)).may]).toEqual(['APPROVAL_CLOSED', ['ask']]);
    await change(`UPDATE member SET status = 'active' WHERE email = $1`, [ada.email]);
    expect((await ask(amina)).body.code).toBe('ALREADY_DONE');
  });

  it('is asked for and decided on a page, to which the approvals lead', async () => {
    const approvals = await page(amina).open('/approvals');
    expect(approvals.html).toContain('wait to be released by two administrators');
    const first = await page(ada).open('/restored');
    for (const reason of ['', 'too short', 'her number is 400-12-3456']) {
      first.form.fill('reason', reason);
      await first.press(first.form);
      expect([first.status, first.html.includes('id="answer-reason-error"'), first.form.valueOf('reason')]).toEqual([422, true, reason]);
    }
    first.form.fill('reason', REASON);
    await first.press(first.form);
    expect([first.status, first.path]).toEqual([200, '/restored?said=release-asked']);
    expect(first.html).toContain('You asked for this.');

    await approvals.open('/approvals');
    expect(approvals.html).toContain('has asked for the release');
    await approvals.follow('Restored records');
    for (const text of [REASON, 'Ada &lt;i>A&lt;/i>']) expect(approvals.html).toContain(text);
    await approvals.press(approvals.form, 1);
    expect([approvals.path, approvals.form.action]).toEqual(['/restored?said=declined', '/restored/ask']);
    await ask(ada);
    const checker = await page(auditor).open('/restored');
    expect([checker.status, checker.forms.length, checker.html.includes(REASON)]).toEqual([200, 0, true]);
    await approvals.open('/restored');
    const { action } = approvals.form;
    expect((await approvals.send(action, new URLSearchParams({ _csrf: approvals.form.valueOf('_csrf')!, step: 'ask' }))).status).toBe(400);
    await approvals.open('/restored');
    await approvals.press(approvals.form, 0);
    expect([approvals.status, approvals.path, approvals.forms.length]).toEqual([200, '/restored?said=released', 0]);
    expect((await service.api().get('/readyz')).status).toBe(200);
    expect((await api(amina).get('/api/restored')).body).toEqual({ state: 'in-service' });
    expect((await page(amina).open('/approvals')).html).not.toContain('/restored');
    expect([await step(amina, 'release'), (await ask(ada)).body.code]).toEqual(['ALREADY_DONE', 'ALREADY_DONE']);
  });
});
