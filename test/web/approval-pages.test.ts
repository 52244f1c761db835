import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type TestService } from '../support/test-service.js';
import { WebVisitor } from '../support/web-visitor.js';

const HOSTILE = `Nia "'><img src=x onerror=alert(1)>`;
const REASON = 'Ana is away in March; somebody has to start the runs.';
const PASSWORD = 'seven grey herons wade upstream';

/** A new administrator, through the pages: asked for, seen by everybody, decided by another one. */
describe('the pages of approvals', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.stop());

  const member = (email: string) => new WebVisitor(service.url, service.members.find((one) => one.email === email)!.token);
  const ada = () => member('administrator@example.org');
  const amina = () => member('administrator2@example.org');

  async function invite(fields: Record<string, string>): Promise<WebVisitor> {
    const visitor = await ada().open('/members');
    for (const [name, text] of Object.entries(fields)) visitor.form.fill(name, text);
    return visitor.press(visitor.form);
  }
  const linkIn = ({ html }: WebVisitor) => /\/join\?token=[\w-]{43}/.exec(html)![0];
  const approvalIn = ({ html }: WebVisitor) => /href="(\/approvals\/[0-9a-f-]{36})"/.exec(html)![1]!;

  it('ask for a reason, keep what was typed, and say from when on the link works', async () => {
    const nia = { name: HOSTILE, email: 'nia@example.org', role: 'administrator' };
    for (const reason of ['', 'too short', 'her number is 400-00-1234']) {
      const refused = await invite({ ...nia, reason });
      expect([refused.status, refused.html.includes('id="answer-reason-error"'), refused.form.valueOf('reason')]).toEqual([422, true, reason]);
    }
    const made = await invite({ ...nia, reason: REASON });
    expect(made.status).toBe(200);
    expect(made.html).toContain('Feb 8, 2027, 12:00 PM EST');
    const early = await new WebVisitor(service.url).open(linkIn(made));
    expect([early.status, early.forms.length, early.html.includes('You cannot join yet'), early.html.includes('Feb 8, 2027, 12:00 PM EST')]).toEqual([200, 0, true, true]);
    await early.send(linkIn(made), new URLSearchParams({ password: PASSWORD, passwordAgain: PASSWORD }));
    expect([early.status, early.html.includes('You cannot join yet')]).toEqual([409, true]);
    const refused = await service.api().post('/api/join', { token: linkIn(made).slice('/join?token='.length), password: PASSWORD });
    expect([refused.status, refused.body]).toEqual([409, expect.objectContaining({ code: 'NOT_APPROVED_YET', from: expect.stringMatching(/^2027-02-08T17:00:/) })]);
  });

  it('tell every member on every page, without a script in it', async () => {
    for (const { email } of service.members) {
      for (const path of ['/members', '/policy', '/nowhere']) {
        const { html } = await member(email).open(path);
        expect([email, path, html.includes('is to become an administrator of this site')]).toEqual([email, path, true]);
        expect(html).not.toContain('<img');
      }
      expect((await service.api().get('/api/notices')).status).toBe(401);
    }
    expect((await new WebVisitor(service.url).open('/policy')).html).not.toContain('is to become an administrator');
    const notices = await service.api('preparer').get('/api/notices');
    expect(notices.body).toMatchObject({ administrators: [{ name: HOSTILE, invitedBy: 'Ada Administrator', organisationWide: false }], toApprove: 0 });
  });

  it('count what waits, show it whole, and are decided by another administrator', async () => {
    const own = await ada().open(approvalIn(await ada().open('/members')));
    expect(own.html).toContain('You asked for this');
    expect(own.html).not.toContain('tf-count');
    const other = await amina().open('/approvals');
    expect(other.html).toMatch(/<span class="tf-count">1</);
    await other.open(approvalIn(other));
    for (const text of [REASON, 'nia@example.org', 'Ada Administrator', 'What happens if you approve']) expect(other.html).toContain(text);
    expect((await own.send(own.path, new URLSearchParams({ ...csrfOf(own), step: 'approve' }))).status).toBe(403);
    expect((await other.send(other.path, new URLSearchParams({ ...csrfOf(other), step: 'obey' }))).status).toBe(400);
    await other.open(approvalIn(await amina().open('/approvals')));
    const [path, pressed] = [other.path, csrfOf(other)];
    await other.press(other.form, 0);
    expect([other.status, other.path, other.html.includes('Approved. It takes effect on the day that it names')]).toEqual([200, '/approvals?said=approved', true]);
    const again = async (step: string) => other.send(path, new URLSearchParams({ ...pressed, step }));
    expect([(await again('approve')).status, other.path]).toEqual([200, '/approvals?said=approved']); // pressed twice
    expect((await again('decline')).status).toBe(409);
    await other.open('/approvals');
    expect(other.html).not.toContain('is to become an administrator');
    await other.open(approvalIn(other));
    expect([other.forms.length, other.html.includes('Amina Administrator')]).toEqual([0, true]);
    const entries = (await member('auditor@example.org').open('/entries')).html;
    for (const kind of ['approval.requested', 'approval.given']) expect(entries).toContain(kind);
    expect(entries).not.toContain(REASON);
  });

  it('let the new one in, and the members see who approved', async () => {
    const made = await invite({ name: 'Noor', email: 'noor@example.org', role: 'administrator', reason: REASON });
    const { id } = (await service.api('administrator').get('/api/approvals')).body.approvals[0];
    const amina = service.members.at(-1)!;
    const decide = (step: string) => fetch(`${service.url}/api/approvals/${id}/${step}`, { method: 'POST', headers: { authorization: `Bearer ${amina.token}` } });
    expect((await decide('approve')).status).toBe(204);
    expect([(await decide('decline')).status, ((await (await decide('decline')).json()) as { code: string }).code]).toEqual([409, 'APPROVAL_CLOSED']);
    const noor = await new WebVisitor(service.url).open(linkIn(made));
    for (const name of ['password', 'passwordAgain']) noor.form.fill(name, PASSWORD);
    await noor.press(noor.form);
    expect(noor.path).toBe('/sign-in?said=joined');
    expect((await ada().open('/members')).html).toMatch(/approved by<?[^<]*<bdi>Amina Administrator<\/bdi>/);
  });

  it('make a declined link worthless, and forget whom it was for', async () => {
    const made = await invite({ name: 'Nemo', email: 'nemo@example.org', role: 'administrator', reason: REASON });
    const other = await amina().open('/approvals');
    await other.open(approvalIn(other));
    await other.press(other.form, 1);
    expect(other.path).toBe('/approvals?said=declined');
    expect(other.html).not.toContain('Nemo');
    expect((await new WebVisitor(service.url).open(linkIn(made))).status).toBe(404);
  });
});

function csrfOf({ form }: WebVisitor): Record<string, string> {
  return { _csrf: form.valueOf('_csrf')! };
}
