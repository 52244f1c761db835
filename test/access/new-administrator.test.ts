import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InviteMember } from '../../src/access/invite-member.js';
import { Join } from '../../src/access/join.js';
import { ListMembers } from '../../src/access/list-members.js';
import { AdministratorInvited } from '../../src/access/approvals/administrator-invited.js';
import { ReadPendingApprovals } from '../../src/access/approvals/pending-approvals.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import { passwordOf, refusedWith, START, tokenIn } from './access-world.js';
import { ApprovalsWorld, REASON } from './approvals-world.js';

let world: ApprovalsWorld;
let asker: SiteMember;
let approver: SiteMember;
let preparer: SiteMember;
beforeAll(async () => {
  world = await ApprovalsWorld.start();
  [asker, approver, preparer] = [await world.member(), await world.member(), await world.member({ role: 'preparer' })];
});
beforeEach(() => world.world.clock.setTo(START));
afterAll(() => world.stop());

const DAY_MS = 86_400_000;
type Invited = Awaited<ReturnType<ApprovalsWorld['invite']>>;
const join = ({ path }: { readonly path: string }) => world.world.get(Join).run({ token: tokenIn(path), password: passwordOf('nia') });
const joinRefused = (invited: Invited) => refusedWith(join(invited));
const inMembers = async ({ email }: Invited) => (await world.world.get(ListMembers).run(approver)).find((one) => one.email === email);
const pending = (who: SiteMember) => world.world.databases.records.inSite(who.siteId, (tx) => world.world.get(ReadPendingApprovals).run(tx, who));
const noticed = async (who: SiteMember, { approvalId }: Invited) => (await pending(who)).administrators.find((one) => one.approvalId === approvalId);
const halves = async () => (await world.world.databases.keysOwner('SELECT id FROM half')).length;

describe('a new administrator', () => {
  it('joins once another one has approved, and the list of members says who', async () => {
    const invited = await world.invite(asker);
    const before = await halves();
    expect(await joinRefused(invited)).toBe('NOT_APPROVED_YET');
    expect(await halves()).toBe(before);
    await world.approvals.approve(approver, invited.approvalId);
    const { id } = await join(invited);
    expect(await joinRefused(invited)).toBe('LINK_NOT_VALID');
    expect(await inMembers(invited)).toMatchObject({ id, status: 'active', approvedBy: { id: approver.memberId } });
    expect(await world.entriesOf(invited.approvalId)).toEqual(['approval.requested', 'member.invited', 'approval.given', 'member.joined']);
  });

  it('or after seven whole days in which nobody declined', async () => {
    const invited = await world.invite(asker);
    expect(invited.approval!.opensAt.getTime() - world.world.clock.now().getTime()).toBeGreaterThan(7 * DAY_MS - 10_000);
    world.world.clock.setTo(new Date(invited.approval!.opensAt.getTime() - 10_000));
    expect(await joinRefused(invited)).toBe('NOT_APPROVED_YET');
    world.world.clock.setTo(invited.approval!.opensAt);
    await join(invited);
    expect(await inMembers(invited)).toMatchObject({ status: 'active', joinedAfterNotice: true });
    expect((await world.entriesOf(invited.approvalId)).slice(2)).toEqual(['approval.expired', 'member.joined']);
    expect(await refusedWith(world.approvals.decline(approver, invited.approvalId))).toBe('APPROVAL_CLOSED');
  });

  it('who joined by silence is one person with whoever invited them, whichever of the two asks', async () => {
    const invited = await world.invite(asker);
    world.world.clock.setTo(invited.approval!.opensAt);
    const guest = world.at(world.siteId, await join(invited));
    const [ofGuest, ofHost] = [await world.invite(guest), await world.invite(asker)];
    expect(await refusedWith(world.approvals.approve(asker, ofGuest.approvalId))).toBe('APPROVER_NOT_INDEPENDENT');
    expect(await refusedWith(world.approvals.approve(guest, ofHost.approvalId))).toBe('APPROVER_NOT_INDEPENDENT');
    for (const { approvalId } of [ofGuest, ofHost]) expect(await refusedWith(world.approvals.approve(approver, approvalId))).toBeUndefined();
  });

  it('waits again when the clock goes back, and never joins by a link that was declined, withdrawn or is three weeks old', async () => {
    const [declined, withdrawn, old] = [await world.invite(asker), await world.invite(asker), await world.invite(asker)];
    world.world.clock.advanceDays(8);
    world.world.clock.advanceDays(-8);
    expect(await joinRefused(old)).toBe('NOT_APPROVED_YET');
    world.world.clock.advanceDays(8);
    await world.approvals.decline(approver, declined.approvalId);
    await world.approvals.withdraw(asker, withdrawn.approvalId);
    for (const invited of [declined, withdrawn]) expect(await joinRefused(invited)).toBe('LINK_NOT_VALID');
    world.world.clock.setTo(old.expiresAt);
    expect(await joinRefused(old)).toBe('LINK_NOT_VALID');
  });

  it('is asked for in the transaction that lets them in, whatever was looked at before it', async () => {
    const [early, declined] = [await world.invite(asker), await world.invite(asker)];
    await world.approvals.decline(approver, declined.approvalId);
    const letIn = ({ approvalId }: Invited) =>
      refusedWith(world.world.databases.records.inSite(world.siteId, (tx) => world.world.get(AdministratorInvited).letIn(tx, approvalId)));
    expect([await letIn(early), await letIn(declined), await world.state(early.approvalId)]).toEqual(['NOT_APPROVED_YET', 'LINK_NOT_VALID', 'open']);
  });

  it('is declined or joins, never both', async () => {
    for (let round = 0; round < 3; round++) {
      const invited = await world.invite(asker);
      world.world.clock.advanceDays(7);
      const [joined, declined] = await Promise.all([joinRefused(invited), refusedWith(world.approvals.decline(approver, invited.approvalId))]);
      expect([[undefined, 'APPROVAL_CLOSED'], ['LINK_NOT_VALID', undefined]]).toContainEqual([joined, declined]);
      expect((await inMembers(invited))?.status === 'active').toBe(joined === undefined);
      world.world.clock.setTo(START);
    }
  });

  it('does not come of an invitation by somebody who has left since', async () => {
    const leaver = await world.member();
    const [silent, approved] = [await world.invite(leaver), await world.invite(leaver)];
    await world.approvals.approve(approver, approved.approvalId);
    await world.world.databases.recordsOwner(`UPDATE member SET status = 'disabled' WHERE id = $1`, [leaver.memberId]);
    world.world.clock.advanceDays(7);
    expect(await joinRefused(silent)).toBe('LINK_NOT_VALID');
    expect(await joinRefused(approved)).toBeUndefined();
  });

  it('starts anew when the address is invited anew, whoever does it', async () => {
    const first = await world.invite(asker);
    world.world.clock.advanceDays(6);
    const again = { name: 'Nia', email: first.email.toUpperCase(), role: 'administrator', reason: REASON } as const;
    const second = await world.world.get(InviteMember).run(approver, again);
    world.world.clock.advanceDays(2);
    expect([await world.state(first.approvalId), await joinRefused(first)]).toEqual(['withdrawn', 'LINK_NOT_VALID']);
    expect(await refusedWith(join(second))).toBe('NOT_APPROVED_YET');
    await world.approvals.approve(asker, second.approval!.id);
    const auditor = await world.world.get(InviteMember).run(asker, { ...again, role: 'auditor' });
    expect([await refusedWith(join(second)), auditor.approval]).toEqual(['LINK_NOT_VALID', undefined]);
    await join(auditor);
  });

  it('is no way round: the database takes no administrator’s invitation by a member without a request', async () => {
    const plain = (role: string) =>
      world.world.databases.records.inSite(world.siteId, (tx) =>
        tx.query(
          `INSERT INTO invitation (id, site_id, role, name, email, token_hash, invited_by, expires_at)
           VALUES (gen_random_uuid(), $1, $2, 'Nia', 'n', sha256(random()::text::bytea), $3, now())`,
          [world.siteId, role, asker.memberId],
        ),
      );
    await expect(plain('administrator')).rejects.toMatchObject({ constraint: 'invitation_administrator_waits' });
    await plain('auditor');
  });
});

describe('the notice of a new administrator', () => {
  it('is for every member of the site, until it is decided or they have joined', async () => {
    const auditor = await world.member({ role: 'auditor' });
    const [first, second] = [await world.invite(asker), await world.invite(asker)];
    const expected = { name: 'Nia', organisationWide: false, opensAt: first.approval!.opensAt };
    for (const who of [asker, approver, preparer, auditor]) expect(await noticed(who, first)).toMatchObject(expected);
    expect((await pending(approver)).toApprove).toBeGreaterThanOrEqual(2);
    for (const who of [asker, preparer, auditor]) expect((await pending(who)).toApprove).toBe(0);
    const elsewhere = await world.member({ siteId: await world.site('Across') });
    expect(await noticed(elsewhere, first)).toBeUndefined();
    await world.approvals.approve(approver, first.approvalId);
    expect(await noticed(preparer, first)).toBeUndefined();
    world.world.clock.advanceDays(7);
    expect(await noticed(preparer, second)).toBeDefined();
    await join(second);
    expect(await noticed(preparer, second)).toBeUndefined();
  });

  it('of one of the whole organisation is for every site', async () => {
    const wide = await world.member({ siteId: null });
    const elsewhere = await world.member({ role: 'preparer', siteId: await world.site('Yonder') });
    const invited = await world.invite(wide, true);
    for (const who of [preparer, elsewhere]) expect(await noticed(who, invited)).toMatchObject({ name: 'Nia', organisationWide: true });
    expect(await joinRefused(invited)).toBe('NOT_APPROVED_YET');
    await world.approvals.approve(await world.member({ siteId: null }), invited.approvalId);
    expect(await join(invited)).toMatchObject({ organisationWide: true, role: 'administrator' });
  });
});
