import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noteRulesChanged } from '../../src/access/site-rules-logged.js';
import { writeExport } from '../../src/audit/export/write-export.js';
import { verifyCertificate } from '../../src/commands/verify-certificate.js';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import { DestructionCertificates } from '../../src/retention/destruction-certificates.js';
import { FollowRules } from '../../src/retention/policies/follow-rules.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { RestorableService } from '../support/restorable-service.js';
import { signAll } from '../support/sign-all.js';

const service = new RestorableService('2027-02-01T18:00:00Z');
const ANSWERS = { taxpayer: { firstName: 'Robin', taxpayerId: '900-00-0001' } };
const ids = { saved: '', withdrawn: '', erased: '', left: '' };
type Name = keyof typeof ids;

const keys = <R extends object>(sql: string, ...parameters: readonly unknown[]): Promise<R[]> => service.app.get(KeyStore).database.query<R>(sql, [...parameters]);
const entries = (kind: string) =>
  service.app.get(RecordsDatabase).acrossSites((tx) =>
    tx.query<{ intake_id: string; lives: Readonly<Record<string, string>> | null }>(
      `SELECT e.intake_id, p.context::jsonb -> 'lives' AS lives FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = $1 ORDER BY e.id`,
      [kind],
    ),
  );
async function days(name: Name): Promise<Readonly<Record<string, string>>> {
  const rows = await keys<{ class: string; due_day: string }>('SELECT class, due_day FROM life_share WHERE intake_id = $1', ids[name]);
  return Object.fromEntries(rows.map((row) => [row.class, row.due_day]));
}
async function statusOf(name: Name, query = ''): Promise<number> {
  const [preparer] = await service.clients('preparer');
  return (await preparer.get(`/api/intakes/${ids[name]}${query}`)).status;
}
const NUMBERS = '?fields=taxpayer.taxpayerId';

/** What its certificate fails with, checked against the log. */
async function flawOf(run: string): Promise<string | undefined> {
  const { note } = (await service.app.get(DestructionCertificates).find(run))!;
  const [file, log] = [join(service.directory, `certificate-${run}`), join(service.directory, `log-${run}`)];
  writeFileSync(file, note);
  await signAll(service.app);
  await writeExport(service.app.get(RecordsDatabase), log, () => undefined);
  try {
    verifyCertificate(file, { log }, () => undefined);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function corrected(run: string): Promise<unknown> {
  return JSON.parse((await service.app.get(DestructionCertificates).find(run))!.body).corrected;
}

let told: Readonly<Record<Name, Readonly<Record<string, string>>>>;
beforeAll(async () => {
  await service.start();
  const [[preparer], [atSite]] = [await service.clients('preparer'), await service.clients('administrator')];
  await atSite.patch('/api/site', { collectCredentials: true }).expect(200);
  for (const name of Object.keys(ids) as Name[]) {
    const { status, body } = await preparer.post('/api/intakes', { taxYear: 2026, answers: ANSWERS });
    if (status !== 201) throw new Error(JSON.stringify(body));
    ids[name] = body.id;
  }
  service.clock.advanceDays(1);
  await service.run(); // signs the log, which is then one to go on from
  await service.copyAs('records.before');

  service.clock.advanceDays(1);
  const [[one], [administrator]] = [await service.clients('preparer'), await service.clients('administrator')];
  await one.patch(`/api/intakes/${ids.saved}`, { version: 1, answers: { taxpayer: { jobTitle: 'Baker' }, consents: { form15080GivenOn: '2027-02-03' } } }).expect(200);
  await one.post(`/api/intakes/${ids.withdrawn}/stage`, { stage: 'withdrawn' }).expect(200);
  const asked = await one.post(`/api/intakes/${ids.erased}/erasure`, { reason: 'The client asked for it at the desk.' });
  await administrator.post(`/api/approvals/${asked.body.approvalId}/approve`).expect(204);
  // Numbers: Feb 4 by the copy of the records.
  told = { saved: await days('saved'), withdrawn: await days('withdrawn'), erased: await days('erased'), left: await days('left') };
  expect([told.saved['credentials'], told.left['credentials']]).toEqual(['2027-02-06', '2027-02-04']);
  service.clock.advanceDays(1);
  await service.restore('records.before');
}, 120_000);
afterAll(() => service.end());

describe('days of intakes whose records are older than the key store', () => {
  it('stay as people were told them, and an entry says so for each', async () => {
    for (const name of Object.keys(ids) as Name[]) expect([name, await days(name)]).toEqual([name, told[name]]);
    const restored = await entries('intake.restored');
    expect(restored.map(({ intake_id }) => intake_id).sort()).toEqual([ids.saved, ids.withdrawn, ids.erased].sort());
    const { lives } = restored.find(({ intake_id }) => intake_id === ids.erased)!;
    expect(lives).toEqual(told.erased);
  });

  it('are what the next run goes by: it destroys nothing that lives, and accuses nobody', async () => {
    const run = await service.run();
    expect([await corrected(run), await entries('inputs.corrected')]).toEqual([0, []]);
    expect([await statusOf('saved', NUMBERS), await statusOf('left', NUMBERS), await statusOf('left')]).toEqual([200, 410, 200]);
    expect([await statusOf('erased'), await statusOf('erased', NUMBERS)]).toEqual([410, 410]);
    expect(await days('saved')).toEqual(told.saved);
    expect(await flawOf(run)).toBeUndefined();
  });

  it('are not changed by rules that stay the same, and end with a season that ends sooner', async () => {
    const [administrator] = await service.clients('administrator');
    const records = service.app.get(RecordsDatabase);
    await records.acrossSites((tx) => noteRulesChanged(tx, service.clock.now()));
    await service.app.get(FollowRules).now();
    expect(await days('saved')).toEqual(told.saved);
    expect(told.saved['consents']).toBe('2027-12-31');
    await administrator.patch('/api/site', { seasonEnd: '2027-06-01' }).expect(200);
    await service.app.get(FollowRules).now();
    expect(await days('saved')).toEqual({ ...told.saved, consents: '2027-06-01' });
  });

  it('are found when somebody writes others, as all are', async () => {
    await keys(`UPDATE life_share SET due_day = '2027-02-05' WHERE intake_id = $1 AND class = 'identity'`, ids.saved);
    service.clock.advanceDays(1);
    await expect(service.run()).rejects.toThrow('failed');
    expect(await statusOf('saved')).toBe(200);
    expect(await entries('inputs.corrected')).toHaveLength(1);
  });

  it('follow from the answers again once they are saved, and end when they are over', async () => {
    const [preparer] = await service.clients('preparer');
    await preparer.patch(`/api/intakes/${ids.saved}`, { version: 1, answers: { taxpayer: { jobTitle: 'Baker' } } }).expect(200);
    expect((await days('saved'))['credentials']).toBe('2027-02-08');
    service.clock.advanceDays(3);
    const run = await service.run();
    expect([await statusOf('saved', NUMBERS), await statusOf('saved'), await corrected(run), await flawOf(run)]).toEqual([410, 200, 0, undefined]);
  });
});
