import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

let world: PagesWorld;
beforeAll(async () => {
  world = await startPagesWorld();
});
afterAll(() => world.service.stop());

const HOSTILE = `Nia "'></bdi><script>alert(1)</script>`;
const ESCAPED = 'Nia &quot;\'>&lt;/bdi>&lt;script>alert(1)&lt;/script>';

/** Invites on the page of members. @returns the one-time link and the path of the page on which it is taken back */
async function invited(name: string, email: string, role: string): Promise<{ link: string; path: string }> {
  const invite = (await world.as('administrator').open('/members')).forms.find(({ action }) => action === '/members/invitations')!;
  for (const [field, value] of Object.entries({ name, email, role, reason: 'Two weeks of leave in March.' })) invite.fill(field, value);
  const link = /\/join\?token=[\w-]{43}/.exec((await world.as('administrator').send('/members/invitations', invite.body())).html)![0];
  const [row] = await world.service.databases.recordsOwner<{ id: string }>('SELECT id FROM invitation WHERE email = $1', [email]);
  return { link, path: `/members/invitations/${row!.id}/withdraw` };
}

describe('an invitation that nobody has used', () => {
  it('is taken back from the list of members, after one more question, and its link says that it opens nothing', async () => {
    const { link, path } = await invited(HOSTILE, 'nia@example.org', 'auditor');
    const visitor = await world.as('administrator').open('/members');
    await visitor.follow(`Take back the invitation ${HOSTILE}`);
    expect([visitor.path, visitor.status]).toEqual([path, 200]);
    expect(visitor.html).toContain(`<strong><bdi>${ESCAPED}</bdi></strong>, <bdi>nia@example.org</bdi>.`);
    expect(visitor.html).not.toMatch(/<script|approval of another administrator|whom the set-up named/);
    expect((await world.as().open(link)).status).toBe(200);

    const { form } = visitor;
    await visitor.press(form);
    expect([visitor.status, visitor.path]).toEqual([200, '/members?said=uninvited']);
    expect(visitor.html).toContain('The invitation has been taken back.');
    expect(visitor.html).not.toContain('nia@example.org');
    const joining = await world.as().open(link);
    expect([joining.status, joining.html.includes('was taken back or replaced')]).toEqual([404, true]);

    await visitor.press(form);
    expect([visitor.status, visitor.path]).toEqual([200, '/members?said=no-invitation']);
    expect((await visitor.open(path)).status).toBe(404);
  });

  it('stands in the log as taken back, by whom, and without name or address', async () => {
    const auditor = await world.as('auditor').open('/entries?kind=member.uninvited');
    expect(auditor.html).toContain('Invitation taken back');
    expect(auditor.html).toContain(world.service.members[1]!.name);
    expect(auditor.html).not.toContain('nia@example.org');
  });

  it('of an administrator ends with the request that waits for approval, and the page says so', async () => {
    const { path } = await invited('Tomas', 'tomas@example.org', 'administrator');
    const visitor = await world.as('administrator').open(path);
    expect(visitor.html).toContain('If it still waits for the approval of another administrator');
    expect((await world.as('preparer').open('/members')).html).toContain('Tomas'); // every member is told
    await visitor.press(visitor.form);
    expect(visitor.path).toBe('/members?said=uninvited');
    expect((await world.as('preparer').open('/members')).html).not.toContain('Tomas');
  });

  it('is not on offer once somebody has joined by it: the button changes nothing', async () => {
    const { link, path } = await invited('Omar', 'omar@example.org', 'auditor');
    const visitor = await world.as('administrator').open(path);
    const join = (await world.as().open(link)).form;
    for (const name of ['password', 'passwordAgain']) join.fill(name, 'a long walk by the harbor');
    expect((await world.as().send(join.action, join.body())).path).toBe('/sign-in?said=joined');
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.html.includes('Nothing was changed.')]).toEqual([409, true]);
    expect((await visitor.open('/members')).html).not.toContain('Take back the invitation');
  });
});
