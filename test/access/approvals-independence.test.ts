import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SiteMember } from '../../src/access/signed-in.js';
import { refusedWith } from './access-world.js';
import { ApprovalsWorld } from './approvals-world.js';

/** For each member which of the earlier ones invited them; undefined for one whom nobody did. */
type Forest = readonly (number | undefined)[];

const forests = fc
  .integer({ min: 2, max: 7 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, i) => fc.option(fc.nat({ max: Math.max(i - 1, 0) }), { nil: undefined, freq: 4 }))))
  .map((parents): Forest => parents.map((parent, i) => (i === 0 ? undefined : parent)));

/** Written from the promise, not from the code: climb from guest to host until somebody came by themselves. */
function isBelow(forest: Forest, member: number, host: number): boolean {
  for (let at = forest[member]; at !== undefined; at = forest[at]) if (at === host) return true;
  return false;
}

let world: ApprovalsWorld;
beforeAll(async () => {
  world = await ApprovalsWorld.start();
});
afterAll(() => world.stop());

async function plant(forest: Forest): Promise<readonly SiteMember[]> {
  const members: SiteMember[] = [];
  for (const parent of forest) members.push(await world.member({ invitedBy: parent === undefined ? null : members[parent]!.memberId }));
  return members;
}

describe('who may approve', () => {
  it('is anyone but whoever asked and those whom they invited, directly or through others', async () => {
    await fc.assert(
      fc.asyncProperty(forests, fc.nat(), fc.nat(), async (forest, a, b) => {
        const [asker, approver] = [a % forest.length, b % forest.length];
        const members = await plant(forest);
        const { approvalId } = await world.invite(members[asker]!);
        const refused = await refusedWith(world.approvals.approve(members[approver]!, approvalId));
        const mayNot = asker === approver || isBelow(forest, approver, asker);
        expect([refused, await world.state(approvalId)]).toEqual(mayNot ? ['APPROVER_NOT_INDEPENDENT', 'open'] : [undefined, 'approved']);
      }),
      { numRuns: 60 },
    );
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
