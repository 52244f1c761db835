import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ReviewLog } from '../../src/access/review-log.js';
import { reviewsOfSite } from '../../src/audit/reviews.js';
import { LogExport } from '../../src/audit/export/read-export.js';
import { writeExport } from '../../src/audit/export/write-export.js';
import { prunePage } from '../../src/audit/prune-parts.js';
import { SigningKey } from '../../src/audit/signing-key.js';
import { SignerStateFile } from '../../src/audit/signer-state.js';
import { verifyExportedLog } from '../../src/audit/verify/verify-exported-log.js';
import { verifyStoredLog } from '../../src/audit/verify/verify-stored-log.js';
import { verifyCertificate } from '../../src/commands/verify-certificate.js';
import { memberOf } from '../../src/demo/members.js';
import { addDays, day } from '../../src/platform/clock.js';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import { monthsBefore } from '../../src/retention/prune-log.js';
import { Sequencer } from '../../src/audit/sequencer.js';
import { runPurge } from '../support/run-purge.js';
import { signAll } from '../support/sign-all.js';
import { startTestService, type TestService } from '../support/test-service.js';

const ENTERED = '2023-01-10';
const OVER = '2023-02-20';
/** Twenty-four months and more after both; long past by the database's own clock too. */
const LATER = '2025-06-10';

describe('the parts of old log entries', () => {
  let service: TestService;
  /** `kept` is under a hold from the beginning, and so still there. */
  const intakes = { gone: '', held: '', kept: '' };
  const runs = { then: '', later: '' };

  beforeAll(async () => {
    service = await startTestService({ now: ENTERED });
    const preparer = service.api('preparer');
    for (const name of ['gone', 'held', 'kept'] as const) {
      intakes[name] = (await preparer.post('/api/intakes', { taxYear: 2022, answers: { taxpayer: { firstName: 'Robin' } } }).expect(201)).body.id;
    }
    const auditor = await memberOf(service.app, service.members.find(({ role }) => role === 'auditor')!.token);
    const [entry] = await service.databases.recordsOwner<{ id: string }>('SELECT id FROM log_entry WHERE intake_id = $1', [intakes.gone]);
    await service.app.get(ReviewLog).ofEntry(auditor, Number(entry!.id), { outcome: 'fine', note: 'A client came twice on that day.' });
    await hold({ intakes: [intakes.kept] });
    runs.then = (await runOn(OVER)).id;
    expect(await service.databases.recordsOwner('SELECT FROM log_review')).toHaveLength(1);
    await on(LATER);
    await hold({ intakes: [intakes.held] });
    const run = await runOn(LATER);
    runs.later = run.id;
    expect(run.state).toBe('finished');
  }, 120_000);
  afterAll(() => service.stop());

  async function on(text: string): Promise<void> {
    service.clock.setTo(new Date(`${text}T18:00:00Z`));
  }
  async function runOn(text: string): Promise<{ id: string; state: string }> {
    await on(text);
    return runPurge(await service.signInAgain('administrator'));
  }
  async function hold(scope: object): Promise<void> {
    const administrator = await service.signInAgain('administrator');
    expect((await administrator.post('/api/holds', { matter: '2025-CV-0007', scope })).status).toBe(201);
  }
  const kindsWith = async (parts: boolean, before: string): Promise<readonly string[]> =>
    (await service.databases.recordsOwner<{ kind: string }>(
      `SELECT DISTINCT kind FROM log_entry e WHERE at < $1 AND ($2 = EXISTS (SELECT FROM log_part p WHERE p.entry_id = e.id)) ORDER BY kind`, [before, parts],
    )).map(({ kind }) => kind);
  const partsOf = async (intake: string): Promise<number> =>
    (await service.databases.recordsOwner(`SELECT FROM log_part p JOIN log_entry e ON e.id = p.entry_id WHERE e.intake_id = $1`, [intake])).length;

  it('go by age, with their salts; what rules, custody and certificates follow from stays', async () => {
    expect(await kindsWith(false, OVER)).toEqual(['intake.created', 'log.reviewed', 'member.admitted', 'member.invited', 'member.joined', 'signed-in']);
    expect(await service.databases.recordsOwner('SELECT FROM log_review')).toEqual([]);
    const [site] = await service.databases.recordsOwner<{ id: string }>('SELECT id FROM site');
    expect(await service.databases.records.inSite(site!.id, (tx) => reviewsOfSite(tx, service.clock.now()))).toEqual([]);
    expect(await kindsWith(true, LATER)).toEqual(expect.arrayContaining(['policy.approved', 'site.created', 'vault.pinned', 'purge.finished', 'bucket.destroyed']));
  });

  it('stay where a legal hold names the intake', async () => {
    expect([await partsOf(intakes.gone), await partsOf(intakes.held) > 0]).toEqual([0, true]);
  });

  it('leave an entry that says how many went, and of what age', async () => {
    const [said] = await service.databases.recordsOwner<{ context: string }>(
      `SELECT p.context FROM log_part p JOIN log_entry e ON e.id = p.entry_id WHERE e.kind = 'log.pruned'`,
    );
    const gone = await service.databases.recordsOwner('SELECT FROM log_entry e WHERE NOT EXISTS (SELECT FROM log_part p WHERE p.entry_id = e.id)');
    const stillFound = 'SELECT FROM log_filter f WHERE num_nonnulls(member, purpose, named, several) > 0 AND NOT EXISTS (SELECT FROM log_part p WHERE p.entry_id = f.entry_id)';
    expect(await service.databases.recordsOwner(stillFound)).toEqual([]);
    const yesterday = addDays(day(LATER), -1);
    expect(JSON.parse(said!.context)).toEqual({ day: monthsBefore(yesterday, 24), certificatesDay: monthsBefore(yesterday, 72), counts: { entries: gone.length }, bundles: [{ number: 0, after: expect.any(String) }] });
  });

  it('leave the tree as it was: it is signed, exported and checked as before', async () => {
    await signAll(service.app);
    const directory = mkdtempSync(join(tmpdir(), 'thinfile-pruned-'));
    try {
      const log = join(directory, 'log');
      const size = await writeExport(service.app.get(RecordsDatabase), log, () => undefined);
      const entries = [...LogExport.open(log, LogExport.ownKey(log)).entries()];
      expect([entries.length, entries.some(({ parts }) => parts.actor === undefined)]).toEqual([size, true]);
      expect(await checked(runs.later, log, directory)).toMatch(/pruned by age[^]*exactly this was due/);
      await expect(checked(runs.then, log, directory)).rejects.toThrow('older entries were pruned');
      const key = LogExport.ownKey(log);
      expect((await verifyExportedLog(log, key, [], () => undefined)).findings).toEqual([]);
      const signer = new SignerStateFile(service.databases.settings.secretsDirectories[0]);
      expect((await verifyStoredLog(service.app.get(RecordsDatabase), { key, signer, kept: [], now: service.clock.now() }, () => undefined)).findings).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  async function checked(run: string, log: string, directory: string): Promise<string> {
    const { body } = await (await service.signInAgain('administrator')).get(`/api/retention/certificates/${run}`).expect(200);
    writeFileSync(join(directory, 'certificate.txt'), body.note);
    const said: string[] = [];
    verifyCertificate(join(directory, 'certificate.txt'), { log }, (line) => void said.push(line));
    return said.join('\n');
  }

  it('are missed where no pruning takes them: of an intake that is still there, and of a run before its six years', async () => {
    const { recordsOwner } = service.databases;
    const key = SigningKey.read(service.databases.settings.secretsDirectories[0]).verifier('x');
    for (const which of [`e.intake_id = '${intakes.kept}' AND e.kind = 'intake.created'`, `e.kind = 'bucket.destroyed' AND e.at < '2023-03-01'`]) {
      const [first] = await recordsOwner<{ index: number }>(`SELECT min(x.index)::int AS index FROM log_entry e JOIN log_index x ON x.entry_id = e.id WHERE ${which}`);
      await recordsOwner(`CREATE TABLE kept_part AS SELECT p.* FROM log_part p JOIN log_entry e ON e.id = p.entry_id WHERE ${which}`);
      await recordsOwner('DELETE FROM log_part WHERE entry_id IN (SELECT entry_id FROM kept_part)');
      await recordsOwner('UPDATE log_filter SET member = NULL, purpose = NULL, named = NULL, several = NULL WHERE entry_id IN (SELECT entry_id FROM kept_part)');
      const signer = new SignerStateFile(service.databases.settings.secretsDirectories[0]);
      const { findings } = await verifyStoredLog(service.app.get(RecordsDatabase), { key, signer, kept: [], now: service.clock.now() }, () => undefined);
      expect(findings).toEqual([{ kind: 'parts-gone', index: first!.index, entryId: expect.any(Number) }, { kind: 'pruned-differs', from: 0, to: 256 }]);
      await recordsOwner('INSERT INTO log_part SELECT * FROM kept_part');
      await recordsOwner('UPDATE log_filter f SET member = t.member, purpose = t.purpose, named = t.named, several = t.several FROM log_entry_terms t WHERE t.entry_id = f.entry_id AND f.entry_id IN (SELECT entry_id FROM kept_part)');
      await recordsOwner('DROP TABLE kept_part');
    }
  });

  it('are shown to auditors as pruned', async () => {
    const { body } = await (await service.signInAgain('auditor')).get(`/api/audit/events?intake=${intakes.gone}`).expect(200);
    const events = body.events as readonly { kind: string; context?: object }[];
    expect(events.map(({ kind, context }) => [kind, context])).toEqual([['intake.created', undefined]]);
  });

  it('all stay while a hold stands that names no intakes and no site', async () => {
    await runOn('2026-06-10');
    const before = (await service.databases.recordsOwner('SELECT FROM log_part')).length;
    await hold({ taxYear: 2025 });
    await runOn('2026-10-10');
    expect((await service.databases.recordsOwner('SELECT FROM log_part')).length).toBeGreaterThan(before);
    expect(await partsOf(intakes.held)).toBeGreaterThan(0);
  });

  it('do not go earlier by a clock that runs ahead: the database has its own', async () => {
    const young = `SELECT FROM log_part p JOIN log_entry e ON e.id = p.entry_id WHERE e.at > now() - interval '23 months'`;
    service.clock.setTo(new Date());
    await service.signInAgain('preparer');
    await service.app.get(Sequencer).drain();
    const before = await service.databases.recordsOwner(young);
    const far = new Date('2199-01-01T00:00:00Z');
    await service.app.get(RecordsDatabase).acrossSites((tx) => prunePage(tx, 0, { entriesBefore: far, certificatesBefore: far }, { sites: [], intakes: [intakes.held] }));
    expect([before.length > 0, (await service.databases.recordsOwner(young)).length]).toEqual([true, before.length]);
  });

  it.each([['no JSON', '{"intakes":'], ['nested deeper than can be read', `{"intakes":${'['.repeat(1_000_000)}`], ['longer than can be read', '', 300_000_000]])('go by age too where their subject is %s, but while a hold names intakes, of which it may be one', async (_, subject, more = 0) => {
    const { recordsOwner } = service.databases;
    const [{ id }] = await recordsOwner<{ id: number }>(
      `WITH entry AS (INSERT INTO log_entry (kind, at, epoch, counter, leaf) VALUES ('signed-out', '2023-01-10', gen_random_uuid(), 1, '{}') RETURNING id),
         placed AS (INSERT INTO log_index (index, entry_id, leaf_hash) SELECT 1000000 + id, id, sha256('x') FROM entry)
       INSERT INTO log_part (entry_id, actor, actor_salt, subject, subject_salt, context, context_salt) SELECT id, '{}', 'a', $1 || repeat('x', $2), 'b', '{}', 'c' FROM entry RETURNING entry_id::int AS id`,
      [subject, more],
    ) as [{ id: number }];
    const over = new Date('2024-01-01T00:00:00Z');
    const prune = (held: readonly string[]) =>
      service.app.get(RecordsDatabase).acrossSites((tx) => prunePage(tx, id - 1, { entriesBefore: over, certificatesBefore: over }, { sites: [], intakes: held }));
    expect(await prune([intakes.held])).toMatchObject({ pruned: 0 });
    expect(await prune([])).toMatchObject({ pruned: 1 });
    await recordsOwner('DELETE FROM log_index WHERE entry_id = $1', [id]);
    await recordsOwner('DELETE FROM log_entry WHERE id = $1', [id]);
  });

  it('are not the service’s to delete or change otherwise', async () => {
    const records = service.app.get(RecordsDatabase);
    for (const sql of ['DELETE FROM log_part', `UPDATE log_part SET actor = '{}'`]) {
      await expect(records.acrossSites((tx) => tx.query(sql))).rejects.toThrow('permission denied');
      await expect(records.query(sql)).rejects.toThrow('permission denied');
    }
  });
});

describe('months before a day', () => {
  it('are the same day of the month, or its last one', () => {
    expect([monthsBefore(day('2027-03-31'), 1), monthsBefore(day('2028-02-29'), 12), monthsBefore(day('2027-01-15'), 24)]).toEqual(['2027-02-28', '2027-02-28', '2025-01-15']);
  });

  it('are never fewer days than the months have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 120 }), (days, months) => {
        const from = addDays(day('1990-01-01'), days);
        const found = monthsBefore(from, months);
        expect(found <= from).toBe(true);
        expect(Number(found.slice(0, 4)) * 12 + Number(found.slice(5, 7))).toBe(Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - months);
      }),
    );
  });
});
