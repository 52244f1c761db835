import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { InviteMember } from '../../src/access/invite-member.js';
import { Join } from '../../src/access/join.js';
import { ListMembers } from '../../src/access/list-members.js';
import type { Role, SiteMember } from '../../src/access/signed-in.js';
import { WithdrawInvitation } from '../../src/access/withdraw-invitation.js';
import { passwordOf, refusedWith, START, tokenIn } from './access-world.js';
import { ApprovalsWorld, REASON } from './approvals-world.js';

let world: ApprovalsWorld;
let asker: SiteMember;
let other: SiteMember;
beforeAll(async () => {
  world = await ApprovalsWorld.start();
  [asker, other] = [await world.member(), await world.member()];
});
afterAll(() => world.stop());

type Invited = Awaited<ReturnType<InviteMember['run']>> & { readonly email: string };
async function invite(who: SiteMember, { role = 'auditor' as Role, email = `${randomUUID()}@example.org`, organisationWide = false } = {}): Promise<Invited> {
  return { ...(await world.world.get(InviteMember).run(who, { name: 'Nia', email, role, organisationWide, reason: REASON })), email };
}
const withdraw = (who: SiteMember, { id }: { readonly id: string }) => world.world.get(WithdrawInvitation).run(who, id);
const refused = (who: SiteMember, invited: { readonly id: string }) => refusedWith(withdraw(who, invited));
const join = ({ path }: Invited) => refusedWith(world.world.get(Join).run({ token: tokenIn(path), password: passwordOf('nia') }));
const rows = ({ id }: Invited) => world.world.databases.recordsOwner<{ used: boolean }>('SELECT used_at IS NOT NULL AS used FROM invitation WHERE id = $1', [id]);
const members = ({ email }: Invited) => world.world.databases.recordsOwner('SELECT FROM member WHERE email = $1', [email]);
const entriesOf = async ({ id }: Invited) => (await world.world.entries('member.uninvited')).filter(({ subject }) => subject['invitation'] === id);

describe('taking back an invitation', () => {
  it('leaves nothing of it but an entry, and its link says what an unknown link says', async () => {
    const invited = await invite(asker);
    expect(await world.world.get(WithdrawInvitation).find(other, invited.id)).toMatchObject({ name: 'Nia', email: invited.email, role: 'auditor', isFromSetUp: false });
    await withdraw(other, invited);
    expect(await rows(invited)).toEqual([]);
    expect(await entriesOf(invited)).toEqual([
      { actor: { member: other.memberId, role: 'administrator' }, subject: { site: world.siteId, invitation: invited.id, role: 'auditor' }, context: {} },
    ]);
    const shown = (token: string) => world.world.get(Join).invitation(token).catch(({ code, message }: { code: string; message: string }) => [code, message]);
    expect(await shown(tokenIn(invited.path))).toEqual(await shown(Buffer.alloc(32, 7).toString('base64url')));
    expect(await join(invited)).toBe('LINK_NOT_VALID');
    expect((await world.world.get(ListMembers).run(asker)).filter(({ email }) => email === invited.email)).toEqual([]);
  });

  it('is done once; the address can be invited again', async () => {
    const invited = await invite(asker);
    await withdraw(asker, invited);
    expect(await refused(asker, invited)).toBe('NOT_FOUND');
    expect(await entriesOf(invited)).toHaveLength(1);
    const again = await invite(asker, { email: invited.email });
    expect([await join(invited), await join(again)]).toEqual(['LINK_NOT_VALID', undefined]);
  });

  it('is too late when somebody has joined, and harms nobody', async () => {
    const invited = await invite(asker);
    expect(await join(invited)).toBeUndefined();
    expect(await refused(asker, invited)).toBe('ALREADY_DONE');
    expect(await refusedWith(world.world.get(WithdrawInvitation).find(asker, invited.id))).toBe('ALREADY_DONE');
    expect([await rows(invited), (await members(invited)).length, await entriesOf(invited)]).toEqual([[{ used: true }], 1, []]);
  });

  it('takes one that has run out too', async () => {
    const invited = await invite(asker);
    world.world.clock.setTo(invited.expiresAt);
    await withdraw(asker, invited);
    world.world.clock.setTo(START);
    expect(await rows(invited)).toEqual([]);
  });

  it('is for those of the site; to another site there is no such invitation', async () => {
    const elsewhere = await world.site('Across the river');
    const stranger = await world.member({ siteId: elsewhere });
    const wide = await world.member({ siteId: null });
    const invited = await invite(asker);
    for (const who of [stranger, { ...wide, siteId: elsewhere }]) expect([await refused(who, invited), await refused(who, { id: randomUUID() })]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    // A session that claims the site is not believed: the member's own row says where they belong.
    expect(await refused({ ...stranger, siteId: world.siteId }, invited)).toBe('FORBIDDEN');
    expect(await rows(invited)).toHaveLength(1);
    await withdraw(wide, invited);
    expect((await entriesOf(invited))[0]!.subject).toMatchObject({ site: world.siteId });
  });

  it('to the whole organisation is for its own members, at whichever site they work', async () => {
    const [wide, second] = [await world.member({ siteId: null }), await world.member({ siteId: null })];
    const invited = [await invite(wide, { organisationWide: true }), await invite(wide, { role: 'administrator', organisationWide: true })];
    for (const one of invited) {
      for (const who of [asker, { ...asker, organisationWide: true }]) expect(await refused(who, one)).toBe('FORBIDDEN');
      expect(await refusedWith(world.world.get(WithdrawInvitation).find(asker, one.id))).toBe('FORBIDDEN');
      expect(await rows(one)).toHaveLength(1);
      await withdraw({ ...second, siteId: await world.site(`Site ${one.id}`) }, one);
      expect([await rows(one), (await entriesOf(one))[0]!.subject['site']]).toEqual([[], undefined]);
    }
    expect(await world.state(invited[1]!.approval!.id)).toBe('withdrawn');
  });

  it('is not for who has been disabled meanwhile', async () => {
    const [leaver, invited] = [await world.member({ status: 'disabled' }), await invite(asker)];
    expect([await refused(leaver, invited), await rows(invited)]).toEqual(['FORBIDDEN', [{ used: false }]]);
  });

  it('says of the set-up’s own that nobody can make another one', async () => {
    const id = randomUUID();
    await world.world.databases.recordsOwner(
      `INSERT INTO invitation (id, site_id, role, name, email, token_hash, invited_by, expires_at) VALUES ($1, NULL, 'administrator', 'Tomas', 'tomas@example.org', '\\x01', NULL, '2027-03-01')`,
      [id],
    );
    const wide = await world.member({ siteId: null });
    expect(await world.world.get(WithdrawInvitation).find(wide, id)).toMatchObject({ isFromSetUp: true, approvalId: null });
    await withdraw(wide, { id });
    expect((await world.world.entries('member.uninvited')).at(-1)).toMatchObject({ subject: { invitation: id, role: 'administrator' }, context: {} });
  });
});

describe('taking back the invitation of an administrator', () => {
  it('closes the request that waits, by whoever took it back, and both are logged', async () => {
    const invited = await world.invite(asker);
    await withdraw(other, invited);
    expect([await world.state(invited.approvalId), await join(invited)]).toEqual(['withdrawn', 'LINK_NOT_VALID']);
    expect(await world.entriesOf(invited.approvalId)).toEqual(['approval.requested', 'member.invited', 'approval.withdrawn', 'member.uninvited']);
    expect(await refusedWith(world.approvals.approve(other, invited.approvalId))).toBe('APPROVAL_CLOSED');
  });

  it('is open after an approval as well, which stays as it was decided', async () => {
    const invited = await world.invite(asker);
    await world.approvals.approve(other, invited.approvalId);
    await withdraw(asker, invited);
    expect([await world.state(invited.approvalId), await join(invited)]).toEqual(['approved', 'LINK_NOT_VALID']);
    expect((await world.entriesOf(invited.approvalId)).slice(2)).toEqual(['approval.given', 'member.uninvited']);
  });

  it('has one outcome beside somebody who decides', async () => {
    for (let round = 0; round < 8; round++) {
      const invited = await world.invite(asker);
      const step = round % 2 === 0 ? 'approve' : 'decline';
      const [taken, decided] = await Promise.all([refused(asker, invited), refusedWith(world.approvals[step](other, invited.approvalId))]);
      const state = await world.state(invited.approvalId);
      const outcomes = [
        [undefined, 'APPROVAL_CLOSED', 'withdrawn'],
        step === 'approve' ? [undefined, undefined, 'approved'] : ['NOT_FOUND', undefined, 'declined'],
      ];
      expect(outcomes).toContainEqual([taken, decided, state]);
      expect([await rows(invited), await join(invited)]).toEqual([[], 'LINK_NOT_VALID']);
    }
  });
});

describe('taking back an invitation at the moment at which', () => {
  let holder: pg.Client;
  beforeEach(async () => {
    holder = new pg.Client({ connectionString: world.world.databases.urls.records.owner });
    await holder.connect();
    await holder.query('BEGIN');
  });
  afterEach(() => holder.end());

  const WAITING = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  async function untilWaiting(wanted: number): Promise<void> {
    while ((await world.world.databases.recordsOwner(WAITING)).length < wanted) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** Both at the lock of the address, in this order, when it is let go. */
  async function inOrder(email: string, ...steps: readonly (() => Promise<string | undefined>)[]): Promise<(string | undefined)[]> {
    await holder.query('SELECT pg_advisory_xact_lock(7466105, hashtext($1))', [email]);
    const begun: Promise<string | undefined>[] = [];
    for (const step of steps) {
      begun.push(step());
      await untilWaiting(begun.length);
    }
    await holder.query('COMMIT');
    return Promise.all(begun);
  }

  it('somebody joins is too late, or keeps them out', async () => {
    const [first, second] = [await invite(asker), await invite(asker)];
    expect(await inOrder(first.email, () => join(first), () => refused(asker, first))).toEqual([undefined, 'ALREADY_DONE']);
    await holder.query('BEGIN');
    expect(await inOrder(second.email, () => refused(asker, second), () => join(second))).toEqual([undefined, 'LINK_NOT_VALID']);
    expect([(await members(first)).length, (await members(second)).length]).toEqual([1, 0]);
    expect([await entriesOf(first), (await entriesOf(second)).length]).toEqual([[], 1]);
  });

  it('an approved administrator joins is too late, or keeps them out', async () => {
    for (const isJoiningFirst of [true, false]) {
      const invited = await world.invite(asker);
      await world.approvals.approve(other, invited.approvalId);
      if (!isJoiningFirst) await holder.query('BEGIN');
      const both = [() => join(invited), () => refused(asker, invited)];
      const codes = await inOrder(invited.email, ...(isJoiningFirst ? both : both.reverse()));
      expect(codes).toEqual([undefined, isJoiningFirst ? 'ALREADY_DONE' : 'LINK_NOT_VALID']);
      expect(await members(invited)).toHaveLength(isJoiningFirst ? 1 : 0);
    }
  });

  it('somebody joins without waiting for each other ends one way or the other', async () => {
    for (let round = 0; round < 6; round++) {
      const invited = await invite(asker);
      const late = round * 8; // a password takes a while to be made: some of them are overtaken, some are not
      const taking = new Promise((resolve) => setTimeout(resolve, late)).then(() => refused(asker, invited));
      const [joined, taken] = await Promise.all([join(invited), taking]);
      expect([[undefined, 'ALREADY_DONE'], ['LINK_NOT_VALID', undefined]]).toContainEqual([joined, taken]);
      expect((await members(invited)).length).toBe(joined === undefined ? 1 : 0);
      expect((await rows(invited)).length).toBe(joined === undefined ? 1 : 0);
    }
  });

  it('the same address is invited anew takes back the older one and leaves the newer one', async () => {
    const [first, second] = [await world.invite(asker), await world.invite(asker)];
    const anew: Invited[] = [];
    const inviting = ({ email }: Invited) => invite(other, { email }).then((made) => void anew.push(made));
    expect(await inOrder(first.email, () => refused(asker, first), () => refusedWith(inviting(first)))).toEqual([undefined, undefined]);
    await holder.query('BEGIN');
    expect(await inOrder(second.email, () => refusedWith(inviting(second)), () => refused(asker, second))).toEqual([undefined, 'NOT_FOUND']);
    for (const one of anew) expect(await join(one)).toBeUndefined();
    for (const { approvalId } of [first, second]) expect(await world.state(approvalId)).toBe('withdrawn');
    expect([(await entriesOf(first)).length, (await entriesOf(second)).length]).toEqual([1, 0]);
  });
});
