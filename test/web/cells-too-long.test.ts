import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeExport } from '../../src/audit/export/write-export.js';
import { LogFault } from '../../src/audit/log-fault.js';
import { Sequencer } from '../../src/audit/sequencer.js';
import { Signer } from '../../src/audit/signer.js';
import { noteVerification } from '../../src/audit/verify/verifications.js';
import { VerifyLog } from '../../src/audit/verify/verify-log.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** More characters than a string of JavaScript has room for; bytes are two characters each on their way. */
const TOO_MANY = 540_000_000;
const CELL = `(SELECT text FROM too_long)`;
const BYTES = `(SELECT bytes FROM too_long)`;

/** Whoever owns the database makes a cell of the log as long as a cell can be. It is damaged; all else is there as before. */
describe('cells of the log that nothing has room for', () => {
  let service: TestService;
  let intake: string;
  const ids = { reading: 0, refused: 0, failed: 0, review: 0, other: 0 };
  const sql = <T = Record<string, unknown>>(text: string, parameters?: unknown[]): Promise<T[]> => service.databases.recordsOwner<T>(text, parameters);

  beforeAll(async () => {
    service = await startTestService();
    const [preparer, auditor] = [service.api('preparer'), service.api('auditor')];
    intake = (await preparer.post('/api/intakes', { taxYear: 2026, answers: { contact: { phone: '2025550155' } } })).body.id;
    for (let i = 0; i < 2; i++) await preparer.get(`/api/intakes/${intake}?fields=contact&purpose=review`);
    await preparer.get('/api/audit/events');
    await service.api().post('/api/sign-in', { email: service.members[0]!.email, password: 'not this one' });
    const newest = async (kind: string): Promise<number> => (await auditor.get(`/api/audit/events?kind=${kind}`)).body.events[0].id;
    ids.other = (await auditor.get('/api/audit/events?kind=answers.read')).body.events[1].id;
    for (const [name, kind] of [['reading', 'answers.read'], ['refused', 'access.refused'], ['failed', 'sign-in-failed']] as const) ids[name] = await newest(kind);
    ids.review = (await auditor.post('/api/audit/reviews', { entry: ids.other, outcome: 'fine', note: 'I asked' })).body.id;
    await service.app.get(Sequencer).drain();
    await service.app.get(Signer).sign();
    await sql(`CREATE TABLE too_long AS SELECT repeat('x', ${TOO_MANY}) AS text, repeat('x', ${TOO_MANY / 2})::bytea AS bytes`);
    await sql(`DO $$ DECLARE c record; BEGIN
      FOR c IN SELECT conrelid::regclass AS of, conname FROM pg_constraint WHERE contype IN ('c', 'f') AND conrelid::regclass::text ~ '^(log_|verification)' LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.of, c.conname);
      END LOOP; END $$`);
  }, 120_000);
  afterAll(() => service.stop());

  /** @returns whatever does not answer like that */
  async function failing(paths: readonly string[], status = 200): Promise<readonly string[]> {
    const failed: string[] = [];
    for (const path of paths) {
      const got = await service.api('auditor').get(path).then((answer) => answer.status, () => 'broken off');
      if (got !== status) failed.push(`${got} ${path}`);
    }
    return failed;
  }

  const events = async (query = ''): Promise<ReadonlyMap<number, { readonly damaged?: readonly string[] }>> => {
    const { body } = await service.api('auditor').get(`/api/audit/events${query}`);
    return new Map(body.events.map((event: { id: number }) => [event.id, event]));
  };

  it('of an entry and its parts: each is named as damaged', async () => {
    await sql(`UPDATE log_part SET subject = ${CELL}, context = ${CELL}, context_salt = ${BYTES} WHERE entry_id = ANY ($1)`, [[ids.refused, ids.failed]]);
    await sql(`UPDATE log_part SET actor = ${CELL}, actor_salt = ${BYTES}, subject_salt = ${BYTES} WHERE entry_id = $1`, [ids.reading]);
    await sql(`UPDATE log_entry SET leaf = ${CELL}, kind = ${CELL} WHERE id = $1`, [ids.failed]);
    const every = await events();
    expect([ids.reading, ids.refused, ids.failed, ids.other].map((id) => every.get(id)!.damaged)).toEqual([
      ['actor', 'subject'],
      ['subject', 'context'],
      ['kind', 'time', 'actor', 'subject', 'context'],
      undefined,
    ]);
    const { text } = await service.api('auditor').get('/api/audit/export.csv');
    expect(text.split('\r\n').filter((line) => line.endsWith('subject context'))).toHaveLength(2);
    const entries = ['', `/${ids.reading}`, `/${ids.refused}`, `/${ids.failed}`, `?intake=${intake}`, '?class=contact', '/over-time'].map((one) => `/entries${one}`);
    expect(await failing([...entries, '/findings', '/verification', '/api/audit/export.ocsf', '/api/audit/findings'])).toEqual([]);
    const directory = mkdtempSync(join(tmpdir(), 'thinfile-cells-'));
    expect(await writeExport(service.databases.records, directory, () => undefined)).toBeGreaterThan(ids.failed);
    rmSync(directory, { recursive: true });
    expect((await service.api('preparer').get(`/api/intakes/${intake}?fields=contact&purpose=review`)).status).toBe(200);
  });

  it('of a review: its note is named as changed', async () => {
    const noted = async () => (await service.api('auditor').get(`/api/audit/reviews?entry=${ids.other}`)).body.reviews.map(({ note, changed }: { readonly note?: string; readonly changed?: true }) => note ?? changed);
    expect(await noted()).toEqual(['I asked']);
    await sql(`UPDATE log_review SET note = ${CELL}, salt = ${BYTES}`);
    expect(await noted()).toEqual([true]);
    expect(await failing([`/entries/${ids.other}`, `/entries/${ids.review}`, '/findings'])).toEqual([]);
  });

  it('of what a verification has found, and of what entries are found by', async () => {
    const [now, counts] = [service.clock.now(), { lookedAt: 9, signedSize: 9, found: 1, unclear: 0 }];
    for (const subject of ['log', 'sections'] as const) {
      await service.databases.records.acrossSites((tx) =>
        noteVerification(tx, { subject, trigger: 'command', beganAt: now, endedAt: now, ...counts }, [{ kind: 'changed', index: 4 }]),
      );
    }
    await sql(`UPDATE verification SET trigger = ${CELL}`);
    await sql(`UPDATE verification_finding SET kind = ${CELL}, class = ${CELL}`);
    await sql('DROP INDEX log_filter_by_time, log_filter_by_member');
    await sql(`UPDATE log_filter SET kind = ${CELL} WHERE entry_id = $1`, [ids.reading]);
    await sql(`UPDATE log_filter SET purpose = ${CELL} WHERE entry_id = $1`, [ids.other]);
    expect(await failing(['/verification', '/api/audit/verification', '/entries', `/entries?intake=${intake}`, '/entries/over-time', '/entries/over-time/plot.svg', '/findings'])).toEqual([]);
    expect((await service.api('administrator').get('/api/retention/warnings')).status).toBe(200);
  });

  it('of the tree: its hashes are missing, and no proof is given of them', async () => {
    await sql(`UPDATE log_index SET leaf_hash = ${BYTES} WHERE entry_id = $1`, [ids.other]);
    const [{ index }] = (await sql('SELECT index FROM log_index WHERE entry_id = $1', [ids.reading])) as [{ readonly index: number }];
    expect(await failing([`/api/audit/proof/inclusion?index=${index}`], 503)).toEqual([]);
    expect(await failing(['/entries', '/verification'])).toEqual([]);
  });

  it('of the log’s keys and its head: nothing more is signed, and what is there is read', async () => {
    await sql('ALTER TABLE log_key DROP CONSTRAINT log_key_vkey_once');
    await sql(`UPDATE log_key SET vkey = ${CELL}`);
    await sql(`UPDATE log_head SET frontier = ${BYTES}`);
    expect(await failing(['/verification', '/entries', '/api/audit/vkey', '/api/audit/vkeys'])).toEqual([]);
    await expect(service.app.get(Signer).sign()).rejects.toThrow(LogFault);
  });

  it('of checkpoints, cosignatures and witnesses', async () => {
    const [{ origin, size }] = (await sql('SELECT origin, size FROM log_checkpoint ORDER BY size DESC LIMIT 1')) as [{ readonly origin: string; readonly size: number }];
    await sql(`INSERT INTO log_witness (vkey, origin, since, next_at, failure, failed_at) VALUES ('w', $1, now(), now(), ${CELL}, now())`, [origin]);
    await sql(`INSERT INTO log_cosignature (origin, size, vkey, line, cosigned_at) VALUES ($1, $2, 'w', ${CELL}, now())`, [origin, size]);
    expect(await failing(['/verification', '/api/audit/witnesses', '/api/audit/checkpoint'])).toEqual([]);
    await sql(`UPDATE log_checkpoint SET note = ${CELL}`);
    expect(await failing(['/verification', '/api/audit/witnesses'])).toEqual([]);
    expect(await failing(['/api/audit/checkpoint', '/api/audit/proof/inclusion?index=0'], 500)).toEqual([]);
  });

  it('all of which a verification finds', async () => {
    const { findings } = await service.app.get(VerifyLog).execute('command');
    const kinds = ['part-changed', 'salt-changed', 'leaf-or-hash-changed', 'head-differs', 'wrong-key', 'checkpoint-malformed'];
    expect(findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
  });
});
