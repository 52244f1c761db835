import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ListApprovals } from '../../src/access/approvals/list-approvals.js';
import { SweepApprovals } from '../../src/access/approvals/sweep-approvals.js';
import { InviteMember } from '../../src/access/invite-member.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import type { RefusalCode } from '../../src/platform/refusal.js';
import { refusedWith } from './access-world.js';
import { ApprovalsWorld, REASON } from './approvals-world.js';

let world: ApprovalsWorld;
let asker: SiteMember;
let approver: SiteMember;
beforeAll(async () => {
  world = await ApprovalsWorld.start();
  [asker, approver] = [await world.member(), await world.member()];
});
afterAll(() => world.stop());

const disable = (who: SiteMember) => world.world.databases.recordsOwner(`UPDATE member SET status = 'disabled' WHERE id = $1`, [who.memberId]);
const listed = async (who: SiteMember, id: string) => (await world.world.get(ListApprovals).run(who)).find((one) => one.id === id);

describe('an act for two', () => {
  it('is seen by who asked, by who can approve and by auditors, with the reason and what each may do', async () => {
    const { approvalId, email } = await world.invite(asker);
    const guest = await world.member({ invitedBy: asker.memberId });
    const [auditor, preparer] = [await world.member({ role: 'auditor' }), await world.member({ role: 'preparer' })];
    const seen = { id: approvalId, kind: 'administrator.invited', state: 'open', reason: REASON, about: { name: 'Nia', email }, organisationWide: false };
    expect(await listed(asker, approvalId)).toMatchObject({ ...seen, may: ['withdraw'], requestedBy: { id: asker.memberId } });
    expect(await listed(approver, approvalId)).toMatchObject({ ...seen, may: ['approve', 'decline'] });
    expect(await listed(guest, approvalId)).toMatchObject({ ...seen, may: ['decline'] });
    expect(await listed(auditor, approvalId)).toMatchObject({ ...seen, may: [] });
    expect(await listed(preparer, approvalId)).toBeUndefined();
    for (const stranger of [auditor, preparer]) {
      const code = stranger === preparer ? 'NOT_FOUND' : 'FORBIDDEN';
      for (const step of ['approve', 'decline', 'withdraw'] as const) expect(await refusedWith(world.approvals[step](stranger, approvalId))).toBe(code);
    }
    expect(await world.state(approvalId)).toBe('open');
  });

  it('wants a reason of ten characters or more, without numbers of clients, and keeps it out of the log', async () => {
    const invite = (reason?: string) => world.world.get(InviteMember).run(asker, { name: 'Nia', email: 'reason@example.org', role: 'administrator', reason });
    for (const reason of [undefined, 'too short', ' \n\t spaces  ', 'She needs 400-12-3456 for it', 'x'.repeat(501), 'left to \u202eright here']) {
      expect([reason, await refusedWith(invite(reason))]).toEqual([reason, 'INVALID_INPUT']);
    }
    const { approval } = await invite('  Ten\r\ncharacters, é á ');
    const [row] = await world.world.databases.recordsOwner<{ reason: string }>('SELECT reason FROM approval WHERE id = $1', [approval!.id]);
    expect(row!.reason).toBe('Ten characters, é á');
    const parts = await world.world.databases.recordsOwner<{ text: string }>('SELECT actor || subject || context AS text FROM log_part');
    expect(parts.filter(({ text }) => text.includes('Ten characters'))).toEqual([]);
  });

  it('is decided once, logged by id and kind, and stays as it was decided', async () => {
    const ends = [['approve', 'approved', 'approval.given'], ['decline', 'declined', 'approval.declined'], ['withdraw', 'withdrawn', 'approval.withdrawn']] as const;
    for (const [step, state, entry] of ends) {
      const { approvalId } = await world.invite(asker);
      const by = step === 'withdraw' ? asker : approver;
      await world.approvals[step](by, approvalId);
      expect(await world.state(approvalId)).toBe(state);
      expect(await listed(asker, approvalId)).toMatchObject({ state, may: [], decidedBy: { id: by.memberId } });
      expect(await world.entriesOf(approvalId)).toEqual(['approval.requested', 'member.invited', entry]);
      for (const again of ['approve', 'decline'] as const) expect(await refusedWith(world.approvals[again](approver, approvalId))).toBe('APPROVAL_CLOSED');
      expect(await refusedWith(world.approvals.withdraw(asker, approvalId))).toBe('APPROVAL_CLOSED');
      const undo = `UPDATE approval SET state = 'declined', decided_by = $2, decided_at = now() WHERE id = $1 RETURNING id`;
      const { records } = world.world.databases;
      for (const change of [records.inSite(world.siteId, (tx) => tx.query(undo, [approvalId, approver.memberId])), records.acrossSites((tx) => tx.query(undo, [approvalId, approver.memberId]))]) {
        expect(await change).toEqual([]);
      }
      await expect(records.inSite(world.siteId, (tx) => tx.query(`UPDATE approval SET reason = 'another reason' WHERE id = $1`, [approvalId]))).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('is one site’s matter, or the whole organisation’s for its own members', async () => {
    const elsewhere = await world.site('Across the river');
    const stranger = await world.member({ siteId: elsewhere });
    const wide = await world.member({ siteId: null });
    const { approvalId } = await world.invite(asker);
    for (const step of ['approve', 'decline', 'withdraw'] as const) {
      expect(await refusedWith(world.approvals[step](stranger, approvalId))).toBe('NOT_FOUND');
      expect(await refusedWith(world.approvals[step]({ ...wide, siteId: elsewhere }, approvalId))).toBe('NOT_FOUND');
    }
    expect(await listed(stranger, approvalId)).toBeUndefined();
    // A session that claims the site is not believed: the member's own row says where they belong.
    expect(await refusedWith(world.approvals.approve({ ...stranger, siteId: world.siteId }, approvalId))).toBe('FORBIDDEN');
    await world.approvals.approve(wide, approvalId);

    const other = await world.member({ siteId: null });
    const matter = await world.invite(wide, true);
    for (const one of [approver, stranger]) {
      expect(await listed(one, matter.approvalId)).toMatchObject({ organisationWide: true, may: [] });
      expect(await refusedWith(world.approvals.approve(one, matter.approvalId))).toBe('FORBIDDEN');
      expect(await refusedWith(world.approvals.approve({ ...one, organisationWide: true }, matter.approvalId))).toBe('FORBIDDEN');
    }
    await world.approvals.approve({ ...other, siteId: elsewhere }, matter.approvalId);
    expect(await world.state(matter.approvalId)).toBe('approved');
  });

  it('lapses with its asker: nobody approves what a leaver asked for', async () => {
    const leaver = await world.member();
    const { approvalId } = await world.invite(leaver);
    const gone = await world.member();
    await disable(gone);
    expect(await refusedWith(world.approvals.approve(gone, approvalId))).toBe('FORBIDDEN');
    await disable(leaver);
    expect(await listed(approver, approvalId)).toMatchObject({ state: 'expired', may: [] });
    expect(await refusedWith(world.approvals.approve(approver, approvalId))).toBe('APPROVAL_CLOSED');
    expect(await world.state(approvalId)).toBe('expired');
    expect(await refusedWith(world.invite(leaver))).toBe('FORBIDDEN');
  });

  it('has one outcome when two decide at once', async () => {
    const other = await world.member();
    for (let round = 0; round < 8; round++) {
      const { approvalId } = await world.invite(asker);
      const second = [() => world.approvals.approve(other, approvalId), () => world.approvals.decline(other, approvalId), () => world.approvals.withdraw(asker, approvalId)][round % 3]!;
      const codes = await Promise.all([refusedWith(world.approvals.approve(approver, approvalId)), refusedWith(second())]);
      expect(codes.sort()).toEqual(['APPROVAL_CLOSED', undefined] satisfies (RefusalCode | undefined)[]);
      expect((await world.entriesOf(approvalId)).length).toBe(3);
    }
  });

  it('is carried out with its approval, or neither is', async () => {
    const { approvalId, id } = await world.invite(asker);
    await world.world.databases.recordsOwner('DELETE FROM invitation WHERE id = $1', [id]);
    expect(await refusedWith(world.approvals.approve(approver, approvalId))).toBe('APPROVAL_CLOSED');
    expect([await world.state(approvalId), await world.entriesOf(approvalId)]).toEqual(['open', ['approval.requested', 'member.invited']]);
  });

  it('cannot be had by an id that is none', async () => {
    expect(await refusedWith(world.approvals.approve(approver, randomUUID()))).toBe('NOT_FOUND');
  });
});

describe('a request that nobody decides', () => {
  it('lapses at its last moment, on sight, once', async () => {
    const { approvalId, expiresAt } = await world.invite(asker);
    world.world.clock.setTo(new Date(expiresAt.getTime() - 5_000));
    expect(await listed(approver, approvalId)).toMatchObject({ state: 'open' });
    world.world.clock.setTo(expiresAt);
    expect(await listed(approver, approvalId)).toMatchObject({ state: 'expired', may: [] });
    const other = await world.member();
    const codes = await Promise.all([approver, other].map((one) => refusedWith(world.approvals.approve(one, approvalId))));
    expect(codes).toEqual(['APPROVAL_CLOSED', 'APPROVAL_CLOSED']);
    expect(await world.state(approvalId)).toBe('expired');
    expect((await world.entriesOf(approvalId)).slice(2)).toEqual(['approval.expired']);
  });

  it('is closed at night when nobody looks, also for those of the whole organisation', async () => {
    const wide = await world.member({ siteId: null });
    const made = [await world.invite(asker), await world.invite(wide, true)];
    const sweep = world.world.get(SweepApprovals);
    await sweep.run();
    expect(await world.state(made[0]!.approvalId)).toBe('open');
    world.world.clock.advanceDays(21);
    await Promise.all([sweep.run(), sweep.run()]);
    for (const { approvalId, id } of made) {
      expect([await world.state(approvalId), (await world.entriesOf(approvalId)).slice(2)]).toEqual(['expired', ['approval.expired']]);
      expect(await world.world.databases.recordsOwner('SELECT id FROM invitation WHERE id = $1', [id])).toEqual([]);
    }
    expect(await sweep.run()).toBe(0);
    world.world.clock.advanceDays(91);
    expect(await world.world.get(ListApprovals).run(asker)).toEqual([]);
  });
});
