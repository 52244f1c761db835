import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLog } from '../../src/audit/append-entry.js';
import { entriesOfKind } from '../../src/audit/parts-of-site.js';
import { Sequencer } from '../../src/audit/sequencer.js';
import { loggedResults } from '../../src/audit/verify/logged-results.js';
import { addDays, day } from '../../src/platform/clock.js';
import { SettleHolds } from '../../src/retention/holds/settle-holds.js';
import { RunPurge } from '../../src/retention/run-purge.js';
import { exchangeIds } from '../support/exchanged-ids.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const CREATED = day('2027-02-01');

let service: TestService;
let administrator: ApiClient;
beforeAll(async () => {
  service = await startTestService({ now: CREATED });
  administrator = service.api('administrator');
});
afterAll(() => service.stop());

const records = <T = Record<string, unknown>>(sql: string, ...parameters: unknown[]) => service.databases.recordsOwner<T>(sql, parameters);
const run = () => service.app.get(RunPurge).execute('command');
const idsOf = async (condition: string): Promise<readonly number[]> => (await records<{ id: string }>(`SELECT id FROM log_entry WHERE ${condition} ORDER BY id`)).map(({ id }) => Number(id));

/** While the ids of the last two of those entries are exchanged. */
async function whileExchanged(condition: string, look: () => Promise<void>): Promise<void> {
  await service.app.get(Sequencer).drain();
  const [older, newer] = (await idsOf(condition)).slice(-2) as [number, number];
  await exchangeIds(service.databases, older, newer);
  try {
    await look();
  } finally {
    await exchangeIds(service.databases, older, newer);
  }
}

describe('the ids of two entries, exchanged everywhere by who has the whole database', () => {
  it('make no older rules of a site the newest', async () => {
    await administrator.patch('/api/site', { seasonEnd: '2027-06-30' });
    await administrator.patch('/api/site', { seasonEnd: '2027-10-31' });
    await whileExchanged(`kind = 'site.changed'`, async () => {
      const all = await service.databases.records.acrossSites((tx) => entriesOfKind(tx, 'site.changed'));
      expect(all.at(-1)?.context.rules?.seasonEnd).toBe('2027-10-31');
      await records(`UPDATE site SET season_end = '2027-06-30'`);
      expect(await run()).toMatchObject({ state: 'failed', reason: 'inputs-changed', changed: expect.stringMatching(/^site /) });
      await records(`UPDATE site SET season_end = '2027-10-31'`);
    });
    expect(await run()).toMatchObject({ state: 'finished' });
  });

  it('make no older number of a site that by which something stands out', async () => {
    await administrator.patch('/api/site', { manyIntakes: 500 });
    await administrator.patch('/api/site', { manyIntakes: 3 });
    await whileExchanged(`kind = 'site.changed'`, async () => {
      await records('UPDATE site SET many_intakes = 500');
      expect((await service.api('auditor').get('/api/audit/findings')).body.settingsNotAsLogged).toEqual(['manyIntakes']);
      await records('UPDATE site SET many_intakes = 3');
    });
  });

  it('make no older facts of an intake the newest', async () => {
    const preparer = service.api('preparer');
    const { id } = (await preparer.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } })).body as { id: string };
    service.clock.advanceDays(9);
    const later = await service.signInAgain('preparer');
    expect((await later.patch(`/api/intakes/${id}`, { version: 1, answers: { taxpayer: { firstName: 'Robyn' } } })).status).toBe(200);
    const due = await service.databases.keysOwner('SELECT class, due_day FROM life_share WHERE intake_id = $1', [id]);
    await whileExchanged(`intake_id = '${id}' AND kind IN ('intake.created', 'answers.written')`, async () => {
      await records('UPDATE intake SET touched_day = $2 WHERE id = $1', id, CREATED);
      await service.databases.keysOwner(`UPDATE life_share SET due_day = due_day - 9 WHERE intake_id = $1 AND due_day < '2027-10-31'`, [id]);
      expect(await run()).toMatchObject({ state: 'failed', reason: 'inputs-changed', changed: `intake ${id}` });
      expect(await service.databases.keysOwner('SELECT class, due_day FROM life_share WHERE intake_id = $1', [id])).toEqual(expect.arrayContaining(due));
      expect(await records('SELECT touched_day FROM intake WHERE id = $1', id)).toEqual([{ touched_day: addDays(CREATED, 9) }]);
    });
    expect(await run()).toMatchObject({ state: 'finished' });
  });

  it('make no older result of a verification the newest', async () => {
    const all = service.databases.records;
    const noted = (found: number) => all.acrossSites((tx) => service.app.get(AccessLog).append(tx, { kind: 'log.verified', actor: { system: 'run' }, subject: {}, context: { counts: { entries: 9, found, unclear: 0 } } }));
    await noted(0);
    await noted(4);
    await whileExchanged(`kind = 'log.verified'`, async () => {
      expect((await all.acrossSites(loggedResults)).log[0]).toMatchObject({ found: 4 });
    });
  });

  it('make no older review of a finding the newest', async () => {
    const auditor = await service.signInAgain('auditor');
    for (let i = 0; i < 3; i++) await (await service.signInAgain('preparer')).get('/api/audit/events');
    const found = async () => (await auditor.get('/api/audit/findings')).body.findings.find(({ detector }: { detector: string }) => detector === 'refused-attempts') as { key: string; settled: boolean };
    const { key } = await found();
    for (const outcome of ['fine', 'follow-up']) expect((await auditor.post('/api/audit/reviews', { finding: key, outcome, note: 'We spoke.' })).status).toBe(201);
    await whileExchanged(`kind = 'log.reviewed'`, async () => {
      expect((await found()).settled).toBe(false);
    });
  });

  it('hide no reading that a finding has grown by since somebody looked', async () => {
    const [auditor, preparer] = [await service.signInAgain('auditor'), await service.signInAgain('preparer')];
    const found = async () => (await auditor.get('/api/audit/findings')).body.findings.find(({ detector }: { detector: string }) => detector === 'refused-attempts') as { key: string; settled: boolean };
    for (let i = 0; i < 3; i++) await preparer.get('/api/audit/events');
    expect((await preparer.post('/api/intakes', { taxYear: 2026, answers: {} })).status).toBe(201); // an entry of another kind, to exchange the id with
    await preparer.get('/api/audit/events');
    const { key } = await found();
    const [seen] = (await idsOf(`kind = 'access.refused'`)).slice(-1) as [number];
    expect((await auditor.post('/api/audit/reviews', { finding: key, outcome: 'fine', note: 'We spoke.' })).status).toBe(201);
    expect((await found()).settled).toBe(true);
    service.clock.setTo(new Date(service.clock.now().getTime() + 5000));
    await preparer.get('/api/audit/events');
    await service.app.get(Sequencer).drain();
    const [newest] = (await idsOf(`kind = 'access.refused'`)).slice(-1) as [number];
    const [older] = (await idsOf(`kind <> 'access.refused' AND id < ${seen}`)).slice(-1) as [number];
    await exchangeIds(service.databases, newest, older);
    expect(await found()).toMatchObject({ key, settled: false });
    await exchangeIds(service.databases, newest, older);
  });

  it('let no run pass over a hold that was put back', async () => {
    const hold = (await (await service.signInAgain('administrator')).post('/api/holds', { matter: '2027-CV-0142', scope: { taxYear: 1999 } })).body as { id: string };
    expect(hold.id).toEqual(expect.any(String));
    await service.databases.keysOwner('UPDATE hold SET released_at = now() WHERE id = $1', [hold.id]);
    const settle = () => service.app.get(SettleHolds).run();
    expect(await settle()).toEqual([hold.id]);
    await whileExchanged(`kind IN ('purge.finished', 'hold.mended')`, async () => expect(await settle()).toEqual([hold.id]));
  });
});
