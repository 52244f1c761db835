import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Approvals } from '../../src/access/approvals/approvals.js';
import { DisableMember } from '../../src/access/disable-member.js';
import { Join } from '../../src/access/join.js';
import { ListMembers } from '../../src/access/list-members.js';
import { SignIn } from '../../src/access/sign-in.js';
import { AccessWorld, passwordOf, refusedWith, tokenIn, type Person } from './access-world.js';

describe('somebody who was disabled', () => {
  let world: AccessWorld;
  let ada: Person;
  let fern: Person;
  let sam: Person;
  let samAnew: Person;
  beforeAll(async () => {
    world = await AccessWorld.start();
    ({ ada, fern, sam } = await world.setUpWithPreparers());
  });
  afterAll(() => world.stop());

  const disable = async (person: Person) => world.get(DisableMember).run(await world.who(ada), person.id);
  const invite = async (name: string) => world.invite(await world.who(ada), 'preparer', name);

  it('is invited under the same address only once they are', async () => {
    expect(await refusedWith(invite('SAM'))).toBe('INVALID_INPUT');
    await disable(sam);
    const { path } = await invite('Sam');
    samAnew = { email: 'SAM@example.org', password: 'turnips dance under lamplight', id: (await world.get(Join).run({ token: tokenIn(path), password: 'turnips dance under lamplight' })).id };
    expect(samAnew.id).not.toBe(sam.id);
    expect(await refusedWith(invite('sam'))).toBe('INVALID_INPUT');
  });

  it('is another member, who signs in by the new password alone and waits to be admitted', async () => {
    expect(await refusedWith(world.get(SignIn).run({ email: sam.email, password: passwordOf('sam') }, 'elsewhere'))).toBe('SIGN_IN_FAILED');
    expect((await world.entries('sign-in-failed')).at(-1)!.subject['member']).toBe(samAnew.id);
    expect((await world.who(samAnew)).memberId).toBe(samAnew.id);
    const statuses = new Map((await world.get(ListMembers).run(await world.who(fern))).map(({ id, status }) => [id, status]));
    expect([statuses.get(sam.id), statuses.get(samAnew.id)]).toEqual(['disabled', 'waiting']);
    await world.admit(fern, samAnew);
  });

  it('is noted as whoever had the address last while nobody has it', async () => {
    await disable(samAnew);
    expect(await refusedWith(world.token(samAnew))).toBe('SIGN_IN_FAILED');
    expect((await world.entries('sign-in-failed')).at(-1)).toMatchObject({ subject: { member: samAnew.id }, context: { reason: 'disabled' } });
  });

  it('joins once where two links of one address are used', async () => {
    const first = await invite('kim');
    await world.databases.recordsOwner(
      `INSERT INTO invitation (id, site_id, role, name, email, token_hash, invited_by, expires_at)
       SELECT gen_random_uuid(), site_id, role, name, email, sha256('another'), invited_by, expires_at FROM invitation WHERE email = 'kim@example.org'`,
    );
    await world.accept(first.path, 'kim');
    const row = await world.databases.recordsOwner(`SELECT FROM member WHERE email = 'kim@example.org'`);
    expect(row).toHaveLength(1);
    const again = world.databases.recordsOwner(
      `INSERT INTO member SELECT gen_random_uuid(), site_id, role, name, 'KIM@example.org', 'active', language, public_key, password_salt, password_half, wrapped_secret_key, invited_by, created_day
       FROM member WHERE email = 'kim@example.org'`,
    );
    await expect(again).rejects.toMatchObject({ code: '23505', constraint: 'member_email_once' });
  });

  it('is not who tries to sign in without an address, once theirs is erased', async () => {
    await world.databases.recordsOwner(`UPDATE member SET name = '', email = '', forgotten_day = '2028-06-15' WHERE id = $1`, [sam.id]);
    for (const email of ['', ' ']) {
      expect(await refusedWith(world.get(SignIn).run({ email, password: passwordOf('sam') }, 'elsewhere'))).toBe('SIGN_IN_FAILED');
      expect((await world.entries('sign-in-failed')).at(-1)).toMatchObject({ subject: {}, context: { reason: 'unknown-account' } });
    }
  });
});

describe('an administrator who came back', () => {
  let world: AccessWorld;
  beforeAll(async () => {
    world = await AccessWorld.start();
  });
  afterAll(() => world.stop());

  it('is one person with who they were: a guest of then decides nothing of theirs', async () => {
    const [ada, ruth] = await world.setUpByTwo();
    const dora = await world.join(ada, 'administrator', 'dora', ruth);
    const approvals = world.get(Approvals);
    await world.get(DisableMember).run(await world.who(ruth), ada.id);
    const adaAnew = await world.join(ruth, 'administrator', 'ada', dora);
    const { approval } = await world.invite(await world.who(adaAnew), 'administrator', 'eve');
    expect(await refusedWith(approvals.approve(await world.who(dora), approval!.id))).toBe('APPROVER_NOT_INDEPENDENT');
    await world.databases.recordsOwner(`UPDATE member SET name = '', email = '', forgotten_day = '2028-12-31' WHERE id = $1`, [ada.id]);
    expect(await refusedWith(approvals.approve(await world.who(dora), approval!.id))).toBe('APPROVER_NOT_INDEPENDENT');
    expect(await refusedWith(approvals.approve(await world.who(ruth), approval!.id))).toBeUndefined();
  });
});
