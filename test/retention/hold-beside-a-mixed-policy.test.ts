import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entriesOfKind } from '../../src/audit/parts-of-site.js';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { SettleHolds } from '../../src/retention/holds/settle-holds.js';
import { FollowRules } from '../../src/retention/policies/follow-rules.js';
import { RunPurge } from '../../src/retention/run-purge.js';
import { apiClient } from '../support/test-service.js';
import { Season } from './check/season.js';

const within = (days: number) => ({ rules: [{ trigger: 'done', days }, { trigger: 'untouched', days }] });
/** Names live longer by it, notes shorter. */
const MIXED = { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: within(90), notes: within(7) } };
const LONGER_ALONE = { ...DEFAULT_POLICY, classes: { ...DEFAULT_POLICY.classes, identity: within(90) } };
/** Announced after it, of a later day: everything else as in it. */
const AFTER = { ...MIXED, classes: { ...MIXED.classes, contact: within(60) } };

let season: Season;
beforeAll(async () => {
  season = await Season.start('2027-02-01');
});
afterAll(() => season.end());

const stored = () =>
  season.service.databases.recordsOwner<{ version: number; effective_day: string; document: object; withdrawn: boolean; in_place_of: number | null }>(
    'SELECT version, effective_day, document, withdrawn_at IS NOT NULL AS withdrawn, in_place_of FROM retention_policy ORDER BY version',
  );

const asked = async () => {
  const [one] = await season.administrators();
  const { approvals } = (await one.get('/api/approvals')).body as { approvals: { id: string; kind: string; about: { effectiveDay: string; takenBackAt?: string } }[] };
  return approvals.filter(({ kind }) => kind === 'policy.publish');
};

describe('a hold that is placed while a policy is announced that shortens one thing and lengthens another', () => {
  let id: string;

  it('takes back what shortens, and no day of what it lengthens gets shorter', async () => {
    await season.on('2027-02-01');
    await season.publish(MIXED, '2027-03-05');
    await season.publish(AFTER, '2027-03-20');
    const api = await season.on('2027-02-05');
    id = await season.intake(api);
    const dueOf = async () => (await (await season.service.signInAgain('preparer')).get(`/api/intakes/${id}?fields=taxpayer.firstName`)).body.due.identity as string;
    expect(await dueOf()).toBe('2027-05-06');
    expect((await asked()).map(({ about }) => about.takenBackAt ?? null)).toEqual([null, null]);
    await season.on('2027-03-03');
    const [one] = await season.administrators();
    await one.post('/api/holds', { matter: '2027-CV-0142', scope: { taxYear: 1999 } }).expect(201);
    await season.service.app.get(FollowRules).now();
    expect(await dueOf()).toBe('2027-05-06');
    const rows = await stored();
    expect(rows.map(({ version, effective_day, withdrawn, in_place_of }) => [version, effective_day, withdrawn, in_place_of])).toEqual([
      [1, expect.any(String), false, null],
      [2, '2027-03-05', true, null],
      [3, '2027-03-20', true, null],
      [4, '2027-03-05', false, 2],
      [5, '2027-03-20', false, 3],
    ]);
    expect(rows[3]!.document).toEqual(LONGER_ALONE);
    expect(rows[4]!.document).toEqual({ ...LONGER_ALONE, classes: { ...LONGER_ALONE.classes, contact: within(60) } });
  });

  it('does so once, and the log names the hold', async () => {
    await season.service.app.get(SettleHolds).run();
    expect(await stored()).toHaveLength(5);
    const [hold] = await season.keys('SELECT id FROM hold WHERE NOT sentinel');
    const entries = await season.service.app.get(RecordsDatabase).acrossSites((tx) => entriesOfKind(tx, 'policy.approved'));
    expect(entries.slice(3).map((entry) => [entry!.actor, entry!.context])).toEqual([
      [{ system: 'holds' }, expect.objectContaining({ version: 4, day: '2027-03-05', hold: hold!['id'] })],
      [{ system: 'holds' }, expect.objectContaining({ version: 5, day: '2027-03-20', hold: hold!['id'] })],
    ]);
  });

  it('the requests that were approved say that it took them back', async () => {
    const before = await asked();
    expect(before.map(({ about }) => [about.effectiveDay, about.takenBackAt?.slice(0, 10)])).toEqual([
      ['2027-03-20', '2027-03-03'],
      ['2027-03-05', '2027-03-03'],
    ]);
    const [one] = await season.administrators();
    const { text } = await one.get(`/approvals/${before[0]!.id}`).set('accept', 'text/html');
    expect(text).toContain('Taken back for a legal hold');
  });

  it.each(['en', 'es'])('the published page says who approved it (%s)', async (language) => {
    const { text } = await apiClient(season.service.url).get('/policy').set('accept-language', language);
    expect(text).toContain(language === 'en' ? 'a legal hold put them in the place of version 2' : 'una orden de conservación puso estas reglas en lugar de la versión 2');
  });

  it('a run goes by it on its day, and an outsider comes to the same days', async () => {
    await season.on('2027-03-06');
    const early = await season.run();
    expect(await season.flawOf(early)).toBeUndefined();
    await season.on('2027-05-06');
    const run = await season.run();
    const { buckets, policyVersion } = JSON.parse((await season.certificate(run)).body) as { buckets: readonly { class: string; day: string }[]; policyVersion: number };
    expect([policyVersion, buckets.filter((bucket) => bucket.class === 'identity').map(({ day }) => day)]).toEqual([5, ['2027-05-06']]);
    expect(await season.flawOf(run)).toBeUndefined();
  });

  it('is believed only as the log has it: who says that two approved it stops a run', async () => {
    const { databases, app } = season.service;
    await databases.recordsOwner('UPDATE retention_policy SET in_place_of = NULL WHERE version = 4');
    expect(await app.get(RunPurge).execute('command')).toMatchObject({ state: 'failed', reason: 'inputs-changed' });
    await databases.recordsOwner('UPDATE retention_policy SET in_place_of = 2 WHERE version = 4');
    expect(await app.get(RunPurge).execute('command')).toMatchObject({ state: 'finished' });
  });
});
