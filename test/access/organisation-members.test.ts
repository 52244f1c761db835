import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DisableMember } from '../../src/access/disable-member.js';
import { InviteMember } from '../../src/access/invite-member.js';
import { Join } from '../../src/access/join.js';
import { ListMembers } from '../../src/access/list-members.js';
import { SignOut } from '../../src/access/sign-out.js';
import { AccessWorld, passwordOf, refusedWith, tokenIn, type Person } from './access-world.js';

/** The administrators whom the set-up makes, and those whom they invite to the whole organisation or to one site. */
describe('members of the whole organisation', () => {
  let world: AccessWorld;
  let ada: Person;
  let ruth: Person;
  let carl: Person;
  let siteId: string;

  beforeAll(async () => {
    world = await AccessWorld.start();
    [ada, ruth] = await world.setUpByTwo();
    carl = await world.join(ada, 'administrator', 'carl', ruth);
    ({ siteId } = await world.who(carl));
  });
  afterAll(() => world.stop());

  const invite = async (by: Person, name: string, role: 'preparer' | 'administrator' | 'auditor') =>
    world.get(InviteMember).run(await world.who(by), { name, email: `${name}@example.org`, role, organisationWide: true });

  it('are two from the set-up, neither invited by the other, and work at the first site', async () => {
    const roots = await world.databases.recordsOwner('SELECT id, site_id, invited_by, role FROM member WHERE email <> $1 ORDER BY email', [carl.email]);
    expect(roots).toEqual([ada, ruth].map(({ id }) => ({ id, site_id: null, invited_by: null, role: 'administrator' })));
    for (const root of [ada, ruth]) expect(await world.who(root)).toMatchObject({ memberId: root.id, siteId, organisationWide: true });
    expect(await world.who(carl)).toMatchObject({ siteId, organisationWide: false });
    const [invited] = await world.entries('member.invited');
    expect(invited).toMatchObject({ actor: { system: 'set-up' }, subject: { role: 'administrator' } });
  });

  it('are invited by their own kind alone, and are never preparers', async () => {
    expect(await refusedWith(invite(carl, 'wanda', 'auditor'))).toBe('FORBIDDEN');
    expect(await refusedWith(invite(ada, 'wanda', 'preparer'))).toBe('INVALID_INPUT');
    const { path } = await invite(ruth, 'wanda', 'auditor');
    const joined = await world.get(Join).run({ token: tokenIn(path), password: passwordOf('wanda') });
    expect(joined).toMatchObject({ role: 'auditor', siteId, organisationWide: true });
    const [row] = await world.databases.recordsOwner('SELECT site_id, invited_by FROM member WHERE id = $1', [joined.id]);
    expect(row).toEqual({ site_id: null, invited_by: ruth.id });
  });

  it('stand in the lists of a site as what they are', async () => {
    await invite(ada, 'yuri', 'auditor');
    const listed = await world.get(ListMembers).run(await world.who(carl));
    const wide = Object.fromEntries(listed.map(({ name, organisationWide }) => [name, organisationWide]));
    expect(wide).toEqual({ Ada: true, Ruth: true, carl: false, wanda: true, yuri: true });
  });

  it('change their own rows, which have no site', async () => {
    const who = await world.who(ruth);
    await world.get(SignOut).run(who);
    expect(await world.find(Buffer.from(who.token).toString('base64url'))).toBeUndefined();
    expect((await world.entries('signed-out')).at(-1)).toMatchObject({ actor: { member: ruth.id }, subject: {} });
  });

  it('are disabled by their own kind alone, and then out at once, wherever they work', async () => {
    const token = await world.token(ruth);
    expect(await refusedWith(world.get(DisableMember).run(await world.who(carl), ruth.id))).toBe('FORBIDDEN');
    expect(await world.find(token)).toBeDefined();
    expect(await world.get(DisableMember).run(await world.who(ada), ruth.id)).toBe('erased');
    expect(await world.find(token)).toBeUndefined();
    expect(await refusedWith(world.token(ruth))).toBe('SIGN_IN_FAILED');
    expect(await world.databases.recordsOwner('SELECT FROM session WHERE member_id = $1', [ruth.id])).toHaveLength(0);
    expect(await world.databases.keysOwner('SELECT FROM half WHERE member_id = $1', [ruth.id])).toHaveLength(0);
    expect((await world.entries('member.disabled')).at(-1)!.subject).toEqual({ member: ruth.id, role: 'administrator' });
  });
});
