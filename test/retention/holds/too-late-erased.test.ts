import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../../support/test-service.js';
import { Season } from '../check/season.js';

const DAY = '2027-03-13';

let season: Season;
beforeAll(async () => {
  season = await Season.start('2027-03-10');
});
afterAll(() => season.end());

const ids: Record<'asked' | 'heldInPart', string> = { asked: '', heldInPart: '' };
const runs: Record<'before' | 'first' | 'second', string> = { before: '', first: '', second: '' };

async function erase(id: string, asker: ApiClient): Promise<void> {
  const asked = await asker.post(`/api/intakes/${id}/erasure`, { reason: 'The client asked for it at the desk.' });
  const [one] = await season.administrators();
  await one.post(`/api/approvals/${asked.body.approvalId}/approve`).expect(204);
}

async function tooLate(id: string) {
  const [one] = await season.administrators();
  const { body } = await one.post('/api/holds', { matter: '2027-CV-0142', scope: { intakes: [id] } });
  return body.tooLate as { readonly runs: readonly { readonly run: string }[]; readonly intakes: readonly { readonly classes: object; readonly runs: Record<string, string> }[] };
}

describe('what a hold came too late for of an intake that its client wanted erased', () => {
  beforeAll(async () => {
    const api = await season.on('2027-03-10');
    await season.intake(api); // its numbers are due on the day of the erasure, by the policy
    ids.asked = await season.intake(api);
    await season.touch(await season.on('2027-03-12'), ids.asked);
    ids.heldInPart = await season.intake(await season.service.signInAgain('preparer'));
    const asker = await season.on(DAY);
    runs.before = await season.run();
    await erase(ids.asked, asker);
    await erase(ids.heldInPart, asker);
    const hold = await season.hold({ intakes: [ids.heldInPart], classes: ['identity'] });
    runs.first = await season.run();
    await season.release(hold);
  });

  it('names the run that took the keys, and not one of that day before the approval, and says that it was the client’s request', async () => {
    const found = await tooLate(ids.asked);
    expect(found.intakes).toEqual([{ intake: ids.asked, classes: { all: DAY }, runs: { all: runs.first }, erasedDay: DAY }]);
    expect(found.runs.map(({ run }) => run)).toEqual([runs.first]);
  });

  it('names the first of two for what a hold did not keep from it, and the second for the whole', async () => {
    const [row] = (await tooLate(ids.heldInPart)).intakes;
    expect(Object.keys(row!.classes)).not.toContain('identity');
    expect([...new Set(Object.values(row!.runs))]).toEqual([runs.first]);
    for (const { id } of await season.keys('SELECT id FROM hold WHERE released_at IS NULL AND NOT sentinel')) await season.release(id as string);
    await season.on('2027-03-14');
    runs.second = await season.run();
    expect((await tooLate(ids.heldInPart)).intakes).toEqual([{ intake: ids.heldInPart, classes: { all: DAY }, runs: { all: runs.second }, erasedDay: DAY }]);
  });
});
