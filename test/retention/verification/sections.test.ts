import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Sequencer } from '../../../src/audit/sequencer.js';
import { Signer } from '../../../src/audit/signer.js';
import { VerifyLog } from '../../../src/audit/verify/verify-log.js';
import { newestVerifications } from '../../../src/audit/verify/verifications.js';
import { verifyLive } from '../../../src/commands/verify-log.js';
import { Nightly } from '../../../src/retention/nightly.js';
import { RunPurge } from '../../../src/retention/run-purge.js';
import { RecordsDatabase } from '../../../src/platform/records-database.js';
import { VerifySections } from '../../../src/retention/verification/verify-sections.js';
import { verificationWarnings } from '../../../src/retention/warnings/verification-warnings.js';
import { exchangeIds } from '../../support/exchanged-ids.js';
import { startTestService, type TestService } from '../../support/test-service.js';

/** Sections that a superuser of the records works on, found without any key. */
describe('the stored sections', () => {
  let service: TestService;
  let one: string;
  let two: string;
  const sql = (text: string, ...parameters: unknown[]) => service.databases.recordsOwner(text, parameters);
  const save = async (id: string, firstName: string): Promise<void> => {
    const api = service.api('preparer');
    const { version } = (await api.get(`/api/intakes/${id}`)).body as { version: number };
    expect((await api.patch(`/api/intakes/${id}`, { version, answers: { taxpayer: { firstName } } })).status).toBe(200);
  };
  const verify = () => service.app.get(VerifySections).execute('command');

  beforeAll(async () => {
    service = await startTestService();
    const start = async () => ((await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Noor' } } })).body as { id: string }).id;
    [one, two] = [await start(), await start()] as [string, string];
    await sql('CREATE TABLE older AS TABLE section');
    await save(one, 'Robin');
    await save(two, 'Sam');
    await sql('CREATE TABLE untouched AS TABLE section');
    await sql('CREATE TABLE parts AS TABLE log_part');
  });
  afterEach(async () => {
    await sql('DELETE FROM section');
    await sql('INSERT INTO section SELECT * FROM untouched WHERE intake_id IN (SELECT id FROM intake)');
    await sql('UPDATE log_part p SET context = k.context FROM parts k WHERE k.entry_id = p.entry_id AND k.context <> p.context');
  });
  afterAll(() => service.stop());

  const identity = `WHERE class = 'identity' AND intake_id = $1`;
  it.each([
    ['edited', `UPDATE section SET sealed = set_byte(sealed, 200, (get_byte(sealed, 200) + 1) % 256) ${identity}`, 'changed'],
    ['edited in its salt', `UPDATE section SET sealed = set_byte(sealed, 50, (get_byte(sealed, 50) + 1) % 256) ${identity}`, 'changed'],
    ['edited in its header', `UPDATE section SET sealed = set_byte(sealed, 20, (get_byte(sealed, 20) + 1) % 256) ${identity}`, 'foreign'],
    ['cut short', `UPDATE section SET sealed = substr(sealed, 1, 150) ${identity}`, 'changed'],
    ['filed under another site', `UPDATE section SET site_id = gen_random_uuid() ${identity}`, 'foreign'],
    ['deleted', `DELETE FROM section ${identity}`, 'missing'],
    ['rolled back', `UPDATE section s SET sealed = o.sealed FROM older o WHERE o.class = s.class AND o.intake_id = s.intake_id AND s.class = 'identity' AND s.intake_id = $1`, 'rolled-back'],
    ['another intake’s', `UPDATE section s SET sealed = o.sealed FROM section o WHERE o.class = s.class AND o.intake_id <> s.intake_id AND s.class = 'identity' AND s.intake_id = $1`, 'foreign'],
    ['another class’s', `UPDATE section s SET sealed = o.sealed FROM section o WHERE o.class = 'contact' AND o.intake_id = s.intake_id AND s.class = 'identity' AND s.intake_id = $1`, 'foreign'],
  ])('one that is %s is found', async (_what, change, kind) => {
    await sql(change, one);
    const { total, findings } = await verify();
    expect([total, findings]).toEqual([1, [expect.objectContaining({ kind, intakeId: one, class: 'identity' })]]);
  });

  it('one that is there twice, or of no class, is found, where the owner of the database took away what the table refuses', async () => {
    await sql('ALTER TABLE section DROP CONSTRAINT section_pk');
    await sql('ALTER TABLE section ALTER class DROP NOT NULL');
    try {
      await sql('INSERT INTO section SELECT * FROM older WHERE class = $2 AND intake_id = $1', one, 'identity');
      expect((await verify()).findings).toContainEqual({ kind: 'foreign', siteId: expect.any(String), intakeId: one, class: 'identity' });
      await sql(`DELETE FROM section ${identity}`, one);
      await sql('INSERT INTO section SELECT intake_id, NULL, site_id, sealed FROM untouched WHERE class = $2 AND intake_id = $1', one, 'identity');
      expect((await verify()).findings.map(({ kind, class: name }) => [kind, name])).toEqual([['foreign', ''], ['missing', 'identity']]);
    } finally {
      await sql('DELETE FROM section');
      await sql('ALTER TABLE section ADD CONSTRAINT section_pk PRIMARY KEY (intake_id, class)');
    }
  });

  it.each(['section', 'preserved_section'])('one of no intake is found (%s)', async (table) => {
    const id = '0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa';
    const columns = table === 'section' ? 'class, site_id, sealed' : 'class, site_id, sealed, version';
    await sql(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    try {
      await sql(`INSERT INTO ${table} (intake_id, ${columns}) SELECT $1, ${columns.replace(', version', ', 1')} FROM section WHERE intake_id = $2 AND class = 'contact'`, id, one);
      const { total, findings } = await verify();
      expect([total, findings]).toEqual([1, [expect.objectContaining({ kind: 'foreign', intakeId: id, class: 'contact' })]]);
    } finally {
      await sql(`DELETE FROM ${table} WHERE intake_id = $1`, id);
      await sql(`ALTER TABLE ${table} ENABLE TRIGGER ALL`);
    }
  });

  it('and what is noted of looking at them is held against the log', async () => {
    const auditor = service.api('auditor');
    const shown = async () => ((await auditor.get('/api/audit/verification')).body as { sections: { found: number; asLogged: boolean } }).sections;
    const warned = async () => (await verificationWarnings(service.app.get(RecordsDatabase), new Date())).flatMap((warning) => (warning.kind === 'not-as-written' ? [[warning.subject, warning.found]] : []));
    await sql(`DELETE FROM section ${identity}`, one);
    await verify();
    expect([await shown(), await warned()]).toEqual([expect.objectContaining({ found: 1, asLogged: true }), [['sections', 1]]]);
    await sql('DELETE FROM verification_finding');
    await sql('UPDATE verification SET found = 0');
    expect([await shown(), await warned()]).toEqual([expect.objectContaining({ found: 0, asLogged: false }), [['sections', 1]]]);
    await service.app.get(Sequencer).drain(); // filed by now, and not only waiting
    expect([(await shown()).asLogged, await warned()]).toEqual([false, [['sections', 1]]]);
    await sql('UPDATE verification SET found = 1');
    expect((await shown()).asLogged).toBe(true);
    const rewritten = (from: number, to: number) => sql(`UPDATE log_part SET context = replace(context, '"found":${from},', '"found":${to},') WHERE entry_id = (SELECT max(id) FROM log_entry WHERE kind = 'log.verified')`);
    await rewritten(1, 0);
    await sql('UPDATE verification SET found = 0');
    expect([(await shown()).asLogged, await warned()]).toEqual([false, [['sections', 1]]]);
    await rewritten(0, 1);
  });

  it('all of an intake that was moved to another site, row and sections, are found', async () => {
    const move = (site: string) => sql(`WITH moved AS (UPDATE intake SET site_id = ${site} WHERE id = $1) UPDATE section SET site_id = ${site} WHERE intake_id = $1`, one);
    const [{ site_id: own }] = (await sql('SELECT site_id FROM intake WHERE id = $1', one)) as [{ site_id: string }];
    await sql('ALTER TABLE intake DISABLE TRIGGER ALL');
    try {
      await move(`'b3a1c5de-0000-4000-8000-000000000001'`);
      const { total, findings } = await verify();
      expect([total, new Set(findings.map(({ kind, intakeId }) => `${kind} ${intakeId}`))]).toEqual([9, new Set([`foreign ${one}`])]);
    } finally {
      await move(`'${own}'`);
      await sql('ALTER TABLE intake ENABLE TRIGGER ALL');
    }
  });

  it('all of an intake that were rolled back are found, and the log names the entries, where the numbers of its writes were exchanged', async () => {
    const writes = (await sql(`SELECT id FROM log_entry WHERE intake_id = $1 AND kind IN ('intake.created', 'answers.written') ORDER BY id`, one)).map(({ id }) => Number(id));
    const exchange = () => exchangeIds(service.databases, writes[0]!, writes[1]!);
    expect(writes).toHaveLength(2);
    await service.app.get(Sequencer).drain();
    await service.app.get(Signer).sign();
    try {
      await exchange();
      await sql('UPDATE section s SET sealed = o.sealed FROM older o WHERE o.class = s.class AND o.intake_id = s.intake_id AND s.intake_id = $1', one);
      const { findings } = await verify();
      expect(new Set(findings.map(({ kind, intakeId }) => `${kind} ${intakeId}`))).toEqual(new Set([`rolled-back ${one}`]));
      const log = await service.app.get(VerifyLog).execute('command');
      expect(log.findings).toEqual([expect.objectContaining({ kind: 'renumbered', entryId: writes[0] })]);
    } finally {
      await exchange();
    }
    expect((await service.app.get(VerifyLog).execute('command')).findings).toEqual([]);
  });

  it('two that are exchanged are found, both', async () => {
    await sql(`UPDATE section s SET sealed = o.sealed FROM untouched o WHERE o.class = s.class AND o.intake_id <> s.intake_id AND s.class = 'identity'`);
    expect((await verify()).findings.map(({ kind, intakeId }) => [kind, intakeId]).sort()).toEqual([['foreign', one], ['foreign', two]].sort());
  });

  it('all are missed when they are truncated, but for what has died', async () => {
    await sql('TRUNCATE section');
    const { sections, total, findings } = await verify();
    expect([sections, total, new Set(findings.map(({ kind }) => kind))]).toEqual([0, 18, new Set(['missing'])]);
  });

  it('one of a class that no write has is found', async () => {
    const [row] = await service.databases.keysOwner<{ count: number }>(`SELECT count(*)::integer AS count FROM life_share WHERE intake_id = $1`, [one]);
    expect(row!.count).toBe(9);
    // As after a rejection, when numbers begin anew: the class lives, and the newest write names it.
    await sql(`UPDATE log_part SET context = context || ' ' WHERE entry_id = (SELECT max(id) FROM log_entry WHERE intake_id = $1 AND kind = 'answers.written')`, one);
    expect((await verify()).findings).toEqual([expect.objectContaining({ kind: 'entry-damaged', intakeId: one })]);
  });

  it('one whose last entry is forged whole, and says nothing that a write says, is not compared; the others are', async () => {
    await sql('CREATE TABLE leaves AS TABLE log_entry');
    const newest = '(SELECT max(id) FROM log_entry WHERE intake_id = $1)';
    try {
      for (const context of ['null', 'x', '{"digests":null}', '{"preserved":{}}', '{"version":{"toString":1}}']) {
        await sql(`UPDATE log_part SET context = $2 WHERE entry_id = ${newest}`, one, context);
        const committed = `(SELECT encode(sha256(context_salt || convert_to(context, 'UTF8')), 'base64') FROM log_part WHERE entry_id = id)`;
        await sql(`UPDATE log_entry SET leaf = regexp_replace(leaf, '"context":"[^"]*"', '"context":"' || ${committed} || '"') WHERE id = ${newest}`, one);
        await sql(`DELETE FROM section ${identity}`, two);
        expect((await verify()).findings.map(({ kind, intakeId }) => [kind, intakeId]).sort()).toEqual([['entry-damaged', one], ['missing', two]]);
      }
    } finally {
      await sql('UPDATE log_entry e SET leaf = k.leaf FROM leaves k WHERE k.id = e.id AND k.leaf <> e.leaf');
    }
  });

  it('are good when nobody touched them; an entry says so, and auditors are shown it', async () => {
    service.clock.advanceDays(1);
    await service.app.get(Nightly).catchUp();
    const [noted] = await sql(`SELECT context FROM log_part JOIN log_entry ON id = entry_id WHERE kind = 'log.verified' ORDER BY id DESC LIMIT 1`);
    expect(JSON.parse(noted!['context'] as string)).toEqual({ counts: { found: 0, sections: 18 }, findings: [] });
    const { body } = await (await service.signInAgain('auditor')).get('/api/audit/verification');
    expect(body.sections).toMatchObject({ lookedAt: 18, found: 0, unclear: 0, findings: [] });
  });

  it('are looked at once a night, whoever ran that night', async () => {
    const verified = async () => (await sql(`SELECT FROM verification WHERE subject = 'sections' AND trigger = 'nightly'`)).length;
    const before = await verified();
    await service.app.get(Nightly).catchUp();
    expect(await verified()).toBe(before);
    service.clock.advanceDays(1);
    await service.app.get(RunPurge).execute('command');
    expect(await service.app.get(Nightly).catchUp()).toBeUndefined();
    await service.app.get(Nightly).catchUp();
    expect(await verified()).toBe(before + 1);
  });

  it('what was found is shown to auditors of its site, and nothing of it to those of another', async () => {
    await sql(`DELETE FROM section ${identity}`, one);
    service.clock.advanceDays(1);
    await service.app.get(Nightly).catchUp();
    const { body } = await (await service.signInAgain('auditor')).get('/api/audit/verification');
    expect(body.sections).toMatchObject({ trigger: 'nightly', found: 1, findingsAsLogged: true, findings: [{ kind: 'missing', intakeId: one, class: 'identity' }] });
    const elsewhere = 'b3a1c5de-0000-4000-8000-000000000001';
    const { sections } = await service.databases.records.inSite(elsewhere, (tx) => newestVerifications(tx, elsewhere));
    expect(sections).toMatchObject({ found: 1, findingsAsLogged: true, findings: [] });
  });

  it('what has died is not missed', async () => {
    service.clock.advanceDays(60);
    await service.app.get(Nightly).catchUp();
    const { body } = await (await service.signInAgain('auditor')).get('/api/audit/verification');
    expect(body.sections).toMatchObject({ found: 0 });
  });

  it('the command says it in words and fails', async () => {
    const id = ((await (await service.signInAgain('preparer')).post('/api/intakes', { taxYear: 2026 })).body as { id: string }).id;
    const said: string[] = [];
    await verifyLive(service.app, { sections: true }, (line) => said.push(line));
    expect(said).toEqual(['9 sealed sections were compared with the entries of their last writes, without any key. All of them are as they were written.']);
    await sql(`DELETE FROM section ${identity}`, id);
    await expect(verifyLive(service.app, { sections: true }, (line) => said.push(line))).rejects.toThrow('Stored answers are not as they were written.');
    expect(said[1]).toBe(`Intake ${id}, identity: it was removed.`);
  });

  it('the log itself is verified beside the running service, which says so to auditors', async () => {
    const said: string[] = [];
    await verifyLive(service.app, {}, (line) => said.push(line));
    expect(said).toEqual([expect.stringMatching(/^\d+ entries were looked at, .*; \d+ wait for their place\. \d+ are signed, .* All of it is as it was written\.$/)]);
    const { body } = await (await service.signInAgain('auditor')).get('/api/audit/verification');
    expect(body.log).toMatchObject({ trigger: 'command', found: 0, unclear: 0, findings: [] });
    expect(body.log.signedSize).toBeGreaterThan(20);
    const [last] = await sql('SELECT entry_id FROM log_index ORDER BY index OFFSET 5 LIMIT 1');
    await sql(`UPDATE log_entry SET kind = 'log.read' WHERE id = $1`, last!['entry_id']);
    await expect(verifyLive(service.app, {}, (line) => said.push(line))).rejects.toMatchObject({ isUnclear: false });
    expect(said[1]).toMatch(/^First: Entry 5 \(id \d+\): its kind, time, epoch or counter is not what its leaf says\.$/);
    const after = await (await service.signInAgain('auditor')).get('/api/audit/verification');
    expect(after.body.log).toMatchObject({ found: 1, findings: [{ kind: 'columns-changed', index: 5 }] });
  });
});
