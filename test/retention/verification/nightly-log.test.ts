import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VerifyLog } from '../../../src/audit/verify/verify-log.js';
import { EventLog } from '../../../src/platform/event-log.js';
import { RecordsDatabase } from '../../../src/platform/records-database.js';
import { DestructionDay } from '../../../src/retention/destruction-day.js';
import { Nightly } from '../../../src/retention/nightly.js';
import { NightlyVerification } from '../../../src/retention/verification/nightly-verification.js';
import { VerifySections } from '../../../src/retention/verification/verify-sections.js';
import { OperatorWarnings } from '../../../src/retention/warnings/operator-warnings.js';
import { KeyStore } from '../../../src/vault/key-store.js';
import { signAll } from '../../support/sign-all.js';
import { startTestService, type TestService } from '../../support/test-service.js';
import { PageClient } from '../../web/page-client.js';

/** The whole log, which the service goes through every night. */
describe('the log by night', () => {
  let service: TestService;
  const sql = (text: string, ...parameters: unknown[]) => service.databases.recordsOwner(text, parameters);
  const verified = () => sql(`SELECT subject FROM verification WHERE trigger = 'nightly' ORDER BY id`).then((rows) => rows.map((row) => row['subject']));
  const night = async () => {
    service.clock.advanceDays(1);
    await signAll(service.app);
    return service.app.get(Nightly).catchUp();
  };
  const shown = async () => (await (await service.signInAgain('auditor')).get('/api/audit/verification')).body.log;
  const warned = async () => (await service.app.get(OperatorWarnings).read()).warnings.filter(({ kind }) => kind === 'not-as-written');

  beforeAll(async () => (service = await startTestService()));
  afterAll(() => service.stop());

  it('is gone through once a night with the sections, which an entry says and auditors are shown', async () => {
    expect(await night()).toMatchObject({ state: 'finished' });
    await service.app.get(Nightly).catchUp();
    expect(await verified()).toEqual(['log', 'sections']);
    expect(await shown()).toMatchObject({ trigger: 'nightly', found: 0, unclear: 0, findings: [] });
    const [noted] = await sql(`SELECT actor, context FROM log_part JOIN log_entry ON id = entry_id WHERE kind = 'log.verified' ORDER BY id LIMIT 1`);
    expect([noted!['actor'], JSON.parse(noted!['context'] as string)]).toEqual(['{"system":"run"}', { counts: { entries: expect.any(Number), found: 0, unclear: 0 }, findings: [] }]);
    expect(await warned()).toEqual([]);
  });

  it('what it finds is shown and warned of, and stops no run', async () => {
    const entry = `SELECT p.entry_id, p.actor, i.index FROM log_part p JOIN log_index i USING (entry_id) JOIN log_entry e ON e.id = p.entry_id WHERE e.kind = 'signed-in' LIMIT 1`;
    const [{ entry_id: id, actor, index }] = (await sql(entry)) as [{ entry_id: number; actor: string; index: number }];
    const write = (text: string) => sql('UPDATE log_part SET actor = $1 WHERE entry_id = $2', text, id);
    await write(`${actor} `);
    expect(await night()).toMatchObject({ state: 'finished' });
    expect(await shown()).toMatchObject({ found: 1, findingsAsLogged: true, findings: [{ index }] });
    expect(await warned()).toEqual([{ kind: 'not-as-written', severity: 'serious', subject: 'log', found: 1 }]);
    await write(actor);
    await night();
    expect([await shown(), await warned()]).toMatchObject([{ found: 0 }, []]);
  });

  it('an auditor who pastes a checkpoint is told what was compared with it, and when the rest was', async () => {
    const checkpoint = (await (await service.signInAgain('auditor')).get('/api/audit/checkpoint')).text;
    const auditor = new PageClient(service.url);
    await auditor.signIn(service.members.find(({ role }) => role === 'auditor')!);
    await auditor.get('/verification');
    const { html } = await auditor.post('/verification', { checkpoint });
    expect(html).toContain('What was compared here are the hashes of all entries');
    expect(html).not.toContain('Nobody changed');
    expect(html).toMatch(/role="status">.*The last time, <time[^>]*>.*<\/time>: \d+ entries were looked at, and all of it is as it was written\..*<h2>/s);
  });

  it('is gone through although somebody wrote a row of a night that never was, or moved the last one', async () => {
    const columns = 'subject, trigger, looked_at, signed_size, found, unclear';
    for (const somebody of [
      (now: Date) => sql(`INSERT INTO verification (${columns}, began_at, ended_at) SELECT DISTINCT ON (subject) ${columns}, $1::timestamptz, $1 FROM verification ORDER BY subject, id DESC`, now),
      (now: Date) => sql(`UPDATE verification SET began_at = $1`, now),
      () => sql(`UPDATE verification SET began_at = 'infinity', ended_at = 'infinity'`),
      () => sql(`UPDATE verification SET looked_at = 9223372036854775807`),
    ]) {
      service.clock.advanceDays(1);
      await somebody(service.clock.now());
      const before = (await verified()).length;
      await service.app.get(Nightly).catchUp();
      expect((await verified()).slice(before)).toEqual(['log', 'sections']);
    }
  });

  it('a row that is not of the end that the log has is shown as one that it does not have, and warned of, as is one that is gone', async () => {
    await night();
    expect([await shown(), await warned()]).toMatchObject([{ asLogged: true }, []]);
    await sql('CREATE TABLE kept AS TABLE verification');
    for (const change of [`ended_at = ended_at + interval '1 day'`, `ended_at = 'infinity'`, `looked_at = -9223372036854775807, signed_size = 9223372036854775807`]) {
      await sql(`UPDATE verification SET ${change} WHERE subject = 'log'`);
      expect([await shown(), await warned()]).toMatchObject([{ asLogged: false }, [{ subject: 'log', found: 1 }]]);
    }
    await sql('DELETE FROM verification_finding');
    await sql('DELETE FROM verification');
    expect(await warned()).toMatchObject([{ subject: 'log', found: 1 }, { subject: 'sections', found: 1 }]);
    await sql('INSERT INTO verification OVERRIDING SYSTEM VALUE SELECT * FROM kept');
    expect(await warned()).toEqual([]);
  });

  it('is gone through by one of several processes', async () => {
    const another = () => {
      const { app } = service;
      return new NightlyVerification(app.get(VerifyLog), app.get(VerifySections), app.get(RecordsDatabase), app.get(KeyStore), app.get(EventLog));
    };
    service.clock.advanceDays(1);
    const { sites, now } = await service.app.get(DestructionDay).read();
    const before = (await verified()).length;
    await Promise.all([another(), another(), another()].map((process) => process.catchUp(sites, now)));
    expect((await verified()).slice(before)).toEqual(['log', 'sections']);
  });

  it('is gone through an hour later where it could not be; the sections are compared all the same', async () => {
    const file = join(service.databases.settings.secretsDirectories[0], 'log-signing-key.pem');
    const before = (await verified()).length;
    service.clock.advanceDays(1);
    renameSync(file, `${file}.away`);
    const { sites, now } = await service.app.get(DestructionDay).read();
    const catchUp = (minutes: number) => service.app.get(NightlyVerification).catchUp(sites, new Date(now.getTime() + minutes * 60_000));
    await catchUp(0);
    renameSync(`${file}.away`, file);
    await catchUp(59);
    expect((await verified()).slice(before)).toEqual(['sections']);
    expect(service.said.filter((line) => line.includes('verification.failed'))).toHaveLength(1);
    await catchUp(60);
    expect((await verified()).slice(before)).toEqual(['sections', 'log']);
  });
});
