import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLog } from '../../src/audit/append-entry.js';
import { Sequencer } from '../../src/audit/sequencer.js';
import type { NotedFinding } from '../../src/audit/verify/noted-findings.js';
import { noteVerification } from '../../src/audit/verify/verifications.js';
import type { VerifiedSubject } from '../../src/audit/verify/verified-subject.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { PageClient } from './page-client.js';

const INTAKE = '0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa';
const OTHER_INTAKE = '1c65dc2d-7e3c-4b1f-8a46-4b2a31b0a1bb';
const ELSEWHERE = 'b3a1c5de-0000-4000-8000-000000000001';
const SAID = 'The list of what was found is not what the log says was found';

/** The counts of a verification stand in the log, and what it found as a digest: whoever owns the database can change the rows, and is not believed. */
describe('what a verification has found', () => {
  let service: TestService;
  let site: string;
  let pages: PageClient;
  let found: Readonly<Record<VerifiedSubject, readonly NotedFinding[]>>;
  /** What is shown of them here. */
  let shownHere: Readonly<Record<VerifiedSubject, readonly object[]>>;
  const sql = (text: string, ...parameters: unknown[]) => service.databases.recordsOwner(text, parameters);
  const newest = (subject: string): string => `(SELECT max(id) FROM verification WHERE subject = '${subject}')`;
  const [LOG, SECTIONS] = [`verification_id = ${newest('log')}`, `verification_id = ${newest('sections')}`];

  /** @param version of an earlier one the entry says nothing of what was found */
  async function verify(subject: VerifiedSubject, findings: readonly NotedFinding[], version: 'this' | 'earlier' = 'this', total = findings.length): Promise<void> {
    const now = service.clock.now();
    const done = { subject, trigger: 'command', beganAt: now, endedAt: now, lookedAt: 9, signedSize: undefined, found: total, unclear: 0 } as const;
    await service.databases.records.acrossSites(async (tx) => {
      const noted = await noteVerification(tx, done, findings);
      const counts = { [subject === 'log' ? 'entries' : 'sections']: 9, found: total, unclear: 0 };
      await service.app.get(AccessLog).append(tx, { kind: 'log.verified', actor: { system: 'command' }, subject: {}, context: { counts, ...(version === 'this' ? { findings: noted } : {}) } });
    });
  }
  const shown = async (subject: VerifiedSubject) => {
    const { status, body } = await service.api('auditor').get('/api/audit/verification');
    expect(status).toBe(200);
    return body[subject] as { readonly asLogged: boolean; readonly findingsAsLogged?: boolean; readonly findings: readonly object[] };
  };

  beforeAll(async () => {
    service = await startTestService();
    [{ id: site }] = (await sql('SELECT id FROM site')) as [{ id: string }];
    pages = new PageClient(service.url);
    await pages.signIn(service.members.find(({ role }) => role === 'auditor')!);
    found = {
      log: [{ kind: 'leaf-changed', index: 4 }, { kind: 'part-changed', index: 6 }, { kind: 'forked' }],
      sections: [
        { kind: 'missing', siteId: site, intakeId: INTAKE },
        { kind: 'changed', siteId: ELSEWHERE, intakeId: OTHER_INTAKE, class: 'contact' },
        { kind: 'foreign', siteId: site, intakeId: INTAKE, class: '' },
        { kind: 'changed', siteId: site, intakeId: INTAKE, class: 'identity' },
      ],
    };
    shownHere = { log: found.log, sections: found.sections.filter(({ siteId }) => siteId === site).map(({ siteId: _, ...rest }) => rest) };
    for (let i = 0; i < 2; i++) for (const subject of ['log', 'sections'] as const) await verify(subject, found[subject]);
    await service.app.get(Sequencer).drain();
    await sql('CREATE TABLE untouched AS TABLE verification_finding');
    await sql('ALTER TABLE verification_finding DROP CONSTRAINT verification_finding_pk');
    await sql('ALTER TABLE verification_finding DROP CONSTRAINT verification_finding_of_fk');
    await sql('ALTER TABLE verification_finding ALTER kind DROP NOT NULL, ALTER number DROP NOT NULL');
  });
  afterEach(async () => {
    await sql('DELETE FROM verification_finding WHERE verification_id IN (SELECT verification_id FROM untouched)');
    await sql('INSERT INTO verification_finding SELECT * FROM untouched');
  });
  afterAll(() => service.stop());

  it('is shown as the log has it', async () => {
    for (const subject of ['log', 'sections'] as const) expect(await shown(subject)).toMatchObject({ asLogged: true, findingsAsLogged: true, findings: shownHere[subject] });
    const { html } = await pages.get('/verification');
    expect([html.includes(SAID), html.includes('Entry at place 4: the entry itself was changed.'), html.includes(INTAKE)]).toEqual([false, true, true]);
  });

  it('stands in the log as digests, and in no word', async () => {
    const rows = await sql(`SELECT context FROM log_part JOIN log_entry ON id = entry_id WHERE kind = 'log.verified' ORDER BY id LIMIT 2`);
    const [ofLog, ofSections] = rows.map(({ context }) => JSON.parse(context as string).findings);
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect([ofLog, ofSections]).toEqual([[{ digest }], [site, ELSEWHERE].sort().map((one) => ({ site: one, digest }))]);
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`leaf-changed|missing|identity|${INTAKE}|${OTHER_INTAKE}`));
  });

  const COPY = (subject: string, columns: string) =>
    `INSERT INTO verification_finding (verification_id, number, site_id, kind, entry_index, intake_id, class) SELECT ${columns} FROM verification_finding WHERE verification_id = ${newest(subject)} AND number = 1`;
  it.each<readonly [what: string, subject: VerifiedSubject, change: string]>([
    ['another kind', 'log', `UPDATE verification_finding SET kind = 'renumbered' WHERE ${LOG} AND number = 1`],
    ['no kind', 'log', `UPDATE verification_finding SET kind = NULL WHERE ${LOG} AND number = 1`],
    ['a kind as long as none', 'log', `UPDATE verification_finding SET kind = repeat('x', 1000000) WHERE ${LOG} AND number = 1`],
    ['another place', 'log', `UPDATE verification_finding SET entry_index = 5 WHERE ${LOG} AND number = 1`],
    ['a place beyond all numbers', 'log', `UPDATE verification_finding SET entry_index = 9223372036854775807 WHERE ${LOG} AND number = 1`],
    ['no place', 'log', `UPDATE verification_finding SET entry_index = NULL WHERE ${LOG} AND number = 1`],
    ['another order', 'log', `UPDATE verification_finding SET number = 4 WHERE ${LOG} AND number = 1`],
    ['one less', 'log', `DELETE FROM verification_finding WHERE ${LOG} AND number = 3`],
    ['none', 'log', `DELETE FROM verification_finding WHERE ${LOG}`],
    ['one twice', 'log', COPY('log', 'verification_id, number, site_id, kind, entry_index, intake_id, class')],
    ['one more, of no number', 'log', COPY('log', 'verification_id, NULL, site_id, kind, entry_index, intake_id, class')],
    ['a million more', 'log', `INSERT INTO verification_finding (verification_id, number, kind) SELECT ${newest('log')}, n, 'forked' FROM generate_series(4, 1000000) n`],
    ['one of a site', 'log', `UPDATE verification_finding SET site_id = (SELECT id FROM site) WHERE ${LOG} AND number = 1`],
    ['those of another verification', 'log', `UPDATE verification_finding SET verification_id = CASE WHEN ${LOG} THEN ${newest('sections')} ELSE ${newest('log')} END WHERE ${LOG} OR ${SECTIONS}`],
    ['under another verification', 'log', `UPDATE verification_finding SET verification_id = (SELECT min(id) FROM verification) WHERE ${LOG}`],
    ['another intake', 'sections', `UPDATE verification_finding SET intake_id = '${OTHER_INTAKE}' WHERE ${SECTIONS} AND number = 1`],
    ['another class', 'sections', `UPDATE verification_finding SET class = 'address' WHERE ${SECTIONS} AND number = 4`],
    ['a class where there was none', 'sections', `UPDATE verification_finding SET class = '' WHERE ${SECTIONS} AND number = 1`],
    ['no class where there was an empty one', 'sections', `UPDATE verification_finding SET class = NULL WHERE ${SECTIONS} AND number = 3`],
    ['a class as long as none', 'sections', `UPDATE verification_finding SET class = repeat('x', 1000000) WHERE ${SECTIONS} AND number = 4`],
    ['one that went to another site', 'sections', `UPDATE verification_finding SET site_id = '${ELSEWHERE}' WHERE ${SECTIONS} AND number = 4`],
    ['all that went to another site', 'sections', `UPDATE verification_finding SET site_id = '${ELSEWHERE}' WHERE ${SECTIONS}`],
    ['one that is of no site', 'sections', `UPDATE verification_finding SET site_id = NULL WHERE ${SECTIONS} AND number = 4`],
    ['one of another site', 'sections', `UPDATE verification_finding SET site_id = (SELECT id FROM site) WHERE ${SECTIONS} AND number = 2`],
  ])('is not shown where it was changed, which is said: %s', async (_, subject, change) => {
    await sql(change);
    expect(await shown(subject)).toMatchObject({ asLogged: true, findingsAsLogged: false, findings: [] });
    const { status, html } = await pages.get('/verification');
    expect([status, html.includes(SAID)]).toEqual([200, true]);
    expect(html).not.toMatch(subject === 'log' ? /Entry \d|does not go on from|renumbered/ : /\/entries\?intake=/);
    const readings = await sql(`SELECT context FROM log_part JOIN log_entry ON id = entry_id WHERE kind = 'log.read' ORDER BY id DESC LIMIT 1`);
    const others = (await shown(subject === 'log' ? 'sections' : 'log')).findings.length;
    expect(JSON.parse(readings[0]!['context'] as string)).toEqual({ counts: { verifications: 2, findings: others } });
  });

  it('is the same for this site, whatever became of the rows of another', async () => {
    await sql(`UPDATE verification_finding SET kind = 'foreign' WHERE ${SECTIONS} AND site_id = '${ELSEWHERE}'`);
    expect(await shown('sections')).toMatchObject({ findingsAsLogged: true, findings: shownHere.sections });
  });

  it('is said in Spanish too', async () => {
    await sql(`DELETE FROM verification_finding WHERE ${LOG}`);
    const spanish = new PageClient(service.url);
    await spanish.signIn(service.members.find(({ role }) => role === 'auditor')!);
    await spanish.post('/language', { language: 'es' });
    expect((await spanish.get('/verification')).html).toContain('no es lo que según el registro se encontró');
  });

  it('is held against the log where the counts were changed with it', async () => {
    await sql(`UPDATE verification SET found = 0 WHERE id = ${newest('log')}`);
    expect(await shown('log')).toMatchObject({ asLogged: false, findingsAsLogged: true, findings: shownHere.log });
    await sql(`DELETE FROM verification_finding WHERE ${LOG}`);
    expect(await shown('log')).toMatchObject({ asLogged: false, findingsAsLogged: false, findings: [] });
    await sql(`UPDATE verification SET found = 3 WHERE id = ${newest('log')}`);
  });

  it('is the first thousand of all, of which the first hundred are shown', async () => {
    const many = Array.from({ length: 1_050 }, (_, index) => ({ kind: 'leaf-changed', index }));
    await verify('log', many);
    expect(await shown('log')).toMatchObject({ found: 1_050, asLogged: true, findingsAsLogged: true, findings: many.slice(0, 100) });
    await sql(`INSERT INTO verification_finding (verification_id, number, kind) VALUES (${newest('log')}, 1001, 'forked')`);
    expect((await shown('log')).findingsAsLogged).toBe(false);
    await sql(`DELETE FROM verification_finding WHERE ${LOG} AND number = 1001`);
    expect((await shown('log')).findingsAsLogged).toBe(true);
    await sql(`UPDATE verification_finding SET kind = 'changed' WHERE ${LOG} AND number = 1000`);
    expect(await shown('log')).toMatchObject({ asLogged: true, findingsAsLogged: false, findings: [] });
  });

  it('has an empty word in the place of one that is longer than any, as a section’s class can be', async () => {
    await verify('sections', [{ kind: 'foreign', siteId: site, intakeId: INTAKE, class: 'x'.repeat(100_000) }]);
    expect(await shown('sections')).toMatchObject({ findingsAsLogged: true, findings: [{ kind: 'foreign', intakeId: INTAKE, class: '' }] });
  });

  it('is shown as before where the log has the counts alone, as earlier versions wrote them', async () => {
    await verify('log', found.log, 'earlier');
    await sql(`UPDATE verification_finding SET entry_index = 5 WHERE ${LOG} AND number = 1`);
    const before = await shown('log');
    expect(before).toMatchObject({ asLogged: true, findings: [{ kind: 'leaf-changed', index: 5 }, ...found.log.slice(1)] });
    expect(before).not.toHaveProperty('findingsAsLogged');
    expect((await pages.get('/verification')).html).not.toContain(SAID);
  });
});
