import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ListApprovals } from '../../src/access/approvals/list-approvals.js';
import { ReadPendingApprovals } from '../../src/access/approvals/pending-approvals.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import { refusedWith } from './access-world.js';
import { ApprovalsWorld } from './approvals-world.js';

/** For each member which of the earlier ones invited them, undefined for one whom nobody did, and whether nobody approved it. */
type Forest = readonly { readonly host: number | undefined; readonly silent: boolean }[];

const forests = fc
  .integer({ min: 2, max: 7 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, i) => member(i))))
  .map((members): Forest => members);

function member(i: number) {
  const host = i === 0 ? fc.constant(undefined) : fc.option(fc.nat({ max: i - 1 }), { nil: undefined, freq: 4 });
  return fc.record({ host, silent: fc.boolean() });
}

/* Written from the promise, not from the code. */

/** A guest who joined by silence is the same person as their host. */
function personOf(forest: Forest, of: number): number {
  const { host, silent } = forest[of]!;
  return host !== undefined && silent ? personOf(forest, host) : of;
}

/** Climb from guest to host, person by person, until somebody came by themselves. */
function isOrComesFrom(forest: Forest, one: number, other: number): boolean {
  for (let at: number | undefined = one; at !== undefined; at = forest[personOf(forest, at)]!.host) {
    if (personOf(forest, at) === personOf(forest, other)) return true;
  }
  return false;
}

let world: ApprovalsWorld;
beforeAll(async () => {
  world = await ApprovalsWorld.start();
});
afterAll(() => world.stop());

async function plant(forest: Forest): Promise<readonly SiteMember[]> {
  const members: SiteMember[] = [];
  for (const { host, silent } of forest) {
    const invitedBy = host === undefined ? null : members[host]!.memberId;
    members.push(await world.member({ invitedBy, joined: silent ? 'expired' : 'approved' }));
  }
  return members;
}

describe('who may approve', () => {
  it('is anyone but whoever asked and those whom they invited, directly or through others; host and guest by silence are one', async () => {
    await fc.assert(
      fc.asyncProperty(forests, fc.nat(), fc.nat(), async (forest, a, b) => {
        const [asker, approver] = [a % forest.length, b % forest.length];
        const members = await plant(forest);
        const { approvalId } = await world.invite(members[asker]!);
        const refused = await refusedWith(world.approvals.approve(members[approver]!, approvalId));
        const mayNot = isOrComesFrom(forest, approver, asker);
        expect([refused, await world.state(approvalId)]).toEqual(mayNot ? ['APPROVER_NOT_INDEPENDENT', 'open'] : [undefined, 'approved']);
      }),
      { numRuns: 150 },
    );
  });

  it('is neither a host for their guest by silence, nor such a guest for another one', async () => {
    const host = await world.member();
    const [one, two] = [await world.member({ invitedBy: host.memberId, joined: 'expired' }), await world.member({ invitedBy: host.memberId, joined: 'expired' })];
    const below = await world.member({ invitedBy: two.memberId, joined: 'expired' });
    const waiting = (who: SiteMember) => world.world.databases.records.inSite(who.siteId, (tx) => world.world.get(ReadPendingApprovals).run(tx, who));
    const { toApprove } = await waiting(host);
    const { approvalId } = await world.invite(one);
    for (const who of [host, two, below]) {
      expect(await refusedWith(world.approvals.approve(who, approvalId))).toBe('APPROVER_NOT_INDEPENDENT');
      expect((await world.world.get(ListApprovals).find(who, approvalId)).may).toEqual(['decline']);
      expect(await waiting(who)).toMatchObject({ toApprove });
    }
    expect(await refusedWith(world.approvals.approve(await world.member(), approvalId))).toBeUndefined();
  });

  it('is a host for a guest whom somebody else approved, whoever came in silence above them', async () => {
    const host = await world.member();
    const silent = await world.member({ invitedBy: host.memberId, joined: 'expired' });
    const approved = await world.member({ invitedBy: silent.memberId });
    const { approvalId } = await world.invite(approved);
    expect(await refusedWith(world.approvals.approve(host, approvalId))).toBeUndefined();
  });

  it('does not change because somebody in between has left, or works at another site', async () => {
    const elsewhere = await world.site('Elsewhere');
    const asker = await world.member({ siteId: null });
    const between = await world.member({ invitedBy: asker.memberId, siteId: elsewhere, status: 'disabled' });
    const guest = await world.member({ invitedBy: between.memberId });
    const { approvalId } = await world.invite(asker);
    expect(await refusedWith(world.approvals.approve(guest, approvalId))).toBe('APPROVER_NOT_INDEPENDENT');
    expect(await refusedWith(world.approvals.decline(guest, approvalId))).toBeUndefined();
  });

  it('ends at a ring that a hand in the database made', async () => {
    const [one, two] = [await world.member(), await world.member()];
    const put = (id: string, by: string) => world.world.databases.recordsOwner('UPDATE member SET invited_by = $2 WHERE id = $1', [id, by]);
    await put(one.memberId, two.memberId);
    await put(two.memberId, one.memberId);
    const { approvalId } = await world.invite(one);
    expect(await refusedWith(world.approvals.approve(two, approvalId))).toBe('APPROVER_NOT_INDEPENDENT');
  });
});
