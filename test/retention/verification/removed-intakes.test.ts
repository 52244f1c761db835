import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyLive } from '../../../src/commands/verify-log.js';
import { CLASSES_FROM_THE_START } from '../../../src/catalogue/retention-class.js';
import { addDays, dayIn } from '../../../src/platform/clock.js';
import { Nightly } from '../../../src/retention/nightly.js';
import { VerifySections } from '../../../src/retention/verification/verify-sections.js';
import { KeyStore } from '../../../src/vault/key-store.js';
import { createShares } from '../../../src/vault/life-shares.js';
import { startTestService, type TestService } from '../../support/test-service.js';

/** Intakes that a superuser of the records takes away whole, their sections with them. */
describe('an intake without its row', () => {
  let service: TestService;
  let siteId: string;
  const sql = (text: string, ...parameters: unknown[]) => service.databases.recordsOwner(text, parameters);
  const start = async () => ((await (await service.signInAgain('preparer')).post('/api/intakes', { taxYear: 2026 })).body as { id: string }).id;
  const verify = async () => (await service.app.get(VerifySections).execute('command')).findings;
  const remove = (id: string) => sql('DELETE FROM intake WHERE id = $1', id);

  beforeAll(async () => {
    service = await startTestService();
    [siteId] = (await sql('SELECT id FROM site')).map((row) => row['id']) as [string];
  });
  afterAll(() => service.stop());

  it('is nothing where its creation was cut short, or is under way: the log has not heard of it', async () => {
    const createdDay = dayIn('America/New_York', service.clock.now());
    const due = new Map(CLASSES_FROM_THE_START.map((name) => [name, addDays(createdDay, 30)]));
    await service.app.get(KeyStore).transaction((store) => createShares(store, { siteId, intakeId: randomUUID(), taxYear: 2026, createdDay }, due));
    expect(await verify()).toEqual([]);
  });

  it('is missed while anything of it lives, once, and by the command in words', async () => {
    const [one, other] = [await start(), await start()];
    expect(await verify()).toEqual([]);
    await remove(one);
    expect(await verify()).toEqual([{ kind: 'missing', siteId, intakeId: one }]);
    const said: string[] = [];
    await expect(verifyLive(service.app, { sections: true }, (line) => said.push(line))).rejects.toMatchObject({ isUnclear: false });
    expect(said[0]).toBe(`Intake ${one}: it was removed.`);
    await remove(other);
    expect((await verify()).map(({ intakeId }) => intakeId).sort()).toEqual([one, other].sort());
  });

  it('is missed by night, and shown to auditors of its site', async () => {
    service.clock.advanceDays(1);
    await service.app.get(Nightly).catchUp();
    const { body } = await (await service.signInAgain('auditor')).get('/api/audit/verification');
    expect(body.sections).toMatchObject({ trigger: 'nightly', found: 2, findings: [{ kind: 'missing' }, { kind: 'missing' }] });
  });

  it('is nothing once its keys are gone, before its shares are swept', async () => {
    const id = await start();
    await remove(id);
    expect((await verify()).map(({ intakeId }) => intakeId)).toContain(id);
    const buckets = 'SELECT bucket_id FROM life_share WHERE intake_id = $1';
    await service.databases.keysOwner(`UPDATE life_share SET bucket_id = gen_random_uuid() WHERE bucket_id IN (${buckets})`, [id]);
    expect((await verify()).map(({ intakeId }) => intakeId)).not.toContain(id);
  });

  it('is nothing in the end: what died and was swept is not missed', async () => {
    service.clock.advanceDays(300);
    await start();
    await service.app.get(Nightly).catchUp();
    expect(await verify()).toEqual([]);
  });
});
