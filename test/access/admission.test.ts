import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdmitMember } from '../../src/access/admit-member.js';
import { InviteMember } from '../../src/access/invite-member.js';
import { Join } from '../../src/access/join.js';
import { ListMembers } from '../../src/access/list-members.js';
import { UnlockVault } from '../../src/access/unlock-vault.js';
import { sixWords } from '../../src/crypto/six-words.js';
import { AccessWorld, passwordOf, refusedWith, tokenIn, type Person } from './access-world.js';

describe('admission', () => {
  let world: AccessWorld;
  let ada: Person;
  let first: Person;
  let second: Person;

  beforeAll(async () => {
    world = await AccessWorld.start();
    ada = await world.setUp();
    [first, second] = [await world.join(ada, 'preparer', 'fern'), await world.join(ada, 'preparer', 'sam')];
  });
  afterAll(() => world.stop());

  const unlock = async (person: Person) => world.get(UnlockVault).withVault(await world.who(person), async ({ key }) => Buffer.from(key).toString('hex'));
  const statusOf = async (person: Person) => {
    const members = await world.get(ListMembers).run(await world.who(ada));
    return members.find(({ id }) => id === person.id)!;
  };

  it('gives the vault to the first preparer of a site, and lets the second wait', async () => {
    expect(await unlock(first)).toMatch(/^[0-9a-f]{64}$/);
    expect(await refusedWith(unlock(second))).toBe('NOT_ADMITTED');
    expect(await statusOf(first)).toMatchObject({ status: 'active', holdsKey: true, admittedBy: { id: first.id } });
    expect(await statusOf(second)).toMatchObject({ status: 'waiting', holdsKey: false });
    expect(await world.entries('vault.created')).toHaveLength(1);
    expect(await world.databases.keysOwner(`SELECT id FROM half WHERE kind = 'grant'`)).toHaveLength(1);
  });

  it('makes one vault when two join at once', async () => {
    const siteId = (await world.who(ada)).siteId;
    const other = '11111111-2222-4333-8444-555555555555';
    await world.databases.recordsOwner(`INSERT INTO site (id, name, time_zone, created_day) VALUES ($1, 'Second', 'UTC', '2027-01-01')`, [other]);
    const inviter = { ...(await world.who(ada)), siteId: other };
    const paths = [];
    for (const name of ['uma', 'vic']) {
      const { path } = await world.get(InviteMember).run(inviter, { name, email: `${name}@example.org`, role: 'preparer' });
      paths.push(path);
    }
    const joined = await Promise.all(paths.map((path) => world.get(Join).run({ token: tokenIn(path), password: passwordOf('race') })));
    expect(joined.map((member) => member.siteId)).toEqual([other, other]);
    expect(await world.databases.recordsOwner('SELECT number FROM site_vault WHERE site_id = $1', [other])).toHaveLength(1);
    expect(await world.databases.recordsOwner('SELECT member_id FROM vault_grant WHERE site_id = $1', [other])).toHaveLength(1);
    expect(await world.databases.keysOwner(`SELECT id FROM half WHERE kind = 'grant'`)).toHaveLength(2);
    const here = await world.databases.records.inSite(siteId, (tx) => tx.query<{ name: string }>('SELECT name FROM member'));
    expect(here.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['uma']));
    const outsider = await world.who({ id: joined[0]!.id, email: 'uma@example.org', password: passwordOf('race') });
    expect((await world.get(ListMembers).run(outsider)).filter((member) => !member.organisationWide).map(({ name }) => name).sort()).toEqual(['uma', 'vic']);
    expect(await refusedWith(world.get(AdmitMember).run(outsider, second.id, 'any words'))).toMatch(/NOT_FOUND|NOT_ADMITTED/);
  });

  it('shows the waiting member’s words to preparers alone, and they are those that the member reads', async () => {
    const listed = await world.wordsOf(await world.who(first), second);
    const waiting = await world.who(second);
    expect((await world.get(ListMembers).ownWords(waiting)).join(' ')).toBe(listed);
    expect((await statusOf(second)).words).toBeUndefined();
    const own = (await world.get(ListMembers).run(waiting)).find(({ id }) => id === second.id);
    expect(own!.words).toBeUndefined();
  });

  it('refuses other words, strangers to the key, non-preparers, oneself and whoever invited', async () => {
    const admit = world.get(AdmitMember);
    const holder = await world.who(first);
    const words = await world.wordsOf(holder, second);
    const auditor = await world.join(ada, 'auditor', 'otto');
    expect(await refusedWith(admit.run(holder, second.id, words.split(' ').reverse().join(' ')))).toBe('INVALID_INPUT');
    expect(await refusedWith(admit.run(holder, second.id, ''))).toBe('INVALID_INPUT');
    expect(await refusedWith(admit.run(holder, auditor.id, words))).toBe('FORBIDDEN');
    expect(await refusedWith(admit.run(holder, '11111111-2222-4333-8444-555555555555', words))).toBe('NOT_FOUND');
    expect(await refusedWith(admit.run(await world.who(second), second.id, words))).toBe('NOT_ADMITTED');
    expect(await refusedWith(admit.run(await world.who(ada), second.id, words))).toBe('NOT_ADMITTED');
    await world.databases.recordsOwner('UPDATE member SET invited_by = $2 WHERE id = $1', [second.id, first.id]);
    expect(await refusedWith(admit.run(holder, second.id, words))).toBe('FORBIDDEN');
    await world.databases.recordsOwner('UPDATE member SET invited_by = $2 WHERE id = $1', [second.id, ada.id]);
    expect((await statusOf(second)).status).toBe('waiting');
  });

  it('does not admit a member whose key was swapped for another after the words were read out', async () => {
    const holder = await world.who(first);
    const words = await world.wordsOf(holder, second);
    const waiting = await world.who(second);
    const [row] = await world.databases.recordsOwner<{ public_key: Buffer }>('SELECT public_key FROM member WHERE id = $1', [second.id]);
    const foreign = Buffer.alloc(32, 9);
    await world.databases.recordsOwner('UPDATE member SET public_key = $2 WHERE id = $1', [second.id, foreign]);
    expect(await refusedWith(world.get(AdmitMember).run(holder, second.id, words))).toBe('INVALID_INPUT');
    // The swapped member learns of it: nobody reads out the words of somebody else's key.
    expect(sixWords(foreign).join(' ')).not.toBe(words);
    expect((await world.get(ListMembers).ownWords(waiting)).join(' ')).toBe(words);
    expect(await refusedWith(world.token(second))).toBe('KEY_NOT_AUTHENTIC');
    await world.databases.recordsOwner('UPDATE member SET public_key = $2 WHERE id = $1', [second.id, row!.public_key]);
  });

  it('gives the same key to who was admitted, and says who admitted them', async () => {
    const holder = await world.who(first);
    const words = await world.wordsOf(holder, second);
    await world.get(AdmitMember).run(holder, second.id, `  ${words.toUpperCase().replaceAll(' ', ', ')}.`);
    expect(await unlock(second)).toBe(await unlock(first));
    expect(await unlock(second)).toBe(await unlock(first)); // the pin of the first opening fits
    expect(await statusOf(second)).toMatchObject({ status: 'active', admittedBy: { id: first.id, name: 'fern' } });
    expect((await world.entries('member.admitted')).at(-1)).toMatchObject({ actor: { member: first.id }, subject: { member: second.id } });
    expect(await refusedWith(world.get(AdmitMember).run(holder, second.id, words))).toBe('ALREADY_DONE');
  });

  it('uses an invitation one time, for a week, and the newest of an address only', async () => {
    const invite = world.get(InviteMember);
    const administrator = await world.who(ada);
    const person = { name: 'wim', email: 'wim@example.org', role: 'auditor' } as const;
    const older = tokenIn((await invite.run(administrator, person)).path);
    const newer = tokenIn((await invite.run(administrator, { ...person, email: 'WIM@example.org' })).path);
    const join = (token: string) => world.get(Join).run({ token, password: passwordOf('wim') });
    expect(await refusedWith(join(older))).toBe('LINK_NOT_VALID');
    expect(await refusedWith(join('nonsense'))).toBe('LINK_NOT_VALID');
    expect(await refusedWith(world.get(Join).run({ token: newer, password: 'password1234567' }))).toBe('INVALID_INPUT');
    const results = await Promise.allSettled([join(newer), join(newer)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusedWith(join(newer))).toBe('LINK_NOT_VALID');
    expect(await refusedWith(invite.run(administrator, person))).toBe('INVALID_INPUT');
    const late = tokenIn((await invite.run(administrator, { ...person, email: 'late@example.org' })).path);
    world.clock.advanceDays(7);
    expect(await refusedWith(join(late))).toBe('LINK_NOT_VALID');
  });
});
