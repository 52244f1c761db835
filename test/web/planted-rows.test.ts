import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commitment } from '../../src/audit/leaf.js';
import { Sequencer } from '../../src/audit/sequencer.js';
import { noteVerification } from '../../src/audit/verify/verifications.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { PageClient } from './page-client.js';

/** A statement after UPDATE, of a row by its key. */
interface Change {
  readonly table: 'log_entry' | 'log_filter' | 'log_part' | 'verification' | 'verification_finding';
  readonly set: string;
  readonly of: 'reading' | 'refused' | 'review' | 'verified' | 'compared';
}

const KEYS = { log_entry: 'id', log_filter: 'entry_id', log_part: 'entry_id', verification: 'id', verification_finding: 'verification_id' } as const;
const SALT = Buffer.alloc(32, 7);

/** Whoever owns the database writes what they like into it. An auditor sees a page all the same, and never an error in its place. */
describe('rows that this log never wrote', () => {
  let service: TestService;
  let rows: Readonly<Record<Change['of'], number>>;
  let paths: readonly string[];

  beforeAll(async () => {
    service = await startTestService();
    const [preparer, auditor] = [service.api('preparer'), service.api('auditor')];
    const { body: intake } = await preparer.post('/api/intakes', { taxYear: 2026, answers: { contact: { phone: '2025550155' } } });
    await preparer.get(`/api/intakes/${intake.id}?fields=contact&purpose=review`);
    await preparer.get('/api/audit/events');
    const newest = async (kind: string): Promise<number> => (await auditor.get(`/api/audit/events?kind=${kind}`)).body.events[0].id;
    const reading = await newest('answers.read');
    const { member } = (await auditor.get('/api/audit/events?kind=answers.read')).body.events[0].actor;
    const { body: review } = await auditor.post('/api/audit/reviews', { entry: reading, outcome: 'fine', note: 'I asked' });
    await service.app.get(Sequencer).drain();
    const [now, numbers] = [service.clock.now(), { lookedAt: 9, signedSize: 9, found: 0, unclear: 0 }];
    const found = [{ kind: 'changed', intakeId: intake.id, class: 'contact' }] as const;
    await service.databases.records.acrossSites(async (tx) => {
      await noteVerification(tx, { subject: 'log', trigger: 'command', beganAt: now, endedAt: now, ...numbers }, []);
      await noteVerification(tx, { subject: 'sections', trigger: 'command', beganAt: now, endedAt: now, ...numbers }, found);
    });
    const [verified, compared] = await service.databases.recordsOwner<{ id: number }>('SELECT id FROM verification ORDER BY id');
    rows = { reading, refused: await newest('access.refused'), review: review.id, verified: verified!.id, compared: compared!.id };
    paths = [
      ...['', `?intake=${intake.id}`, `?member=${member}`, '?class=contact', `/${reading}`, `/${review.id}`, '/over-time', '/over-time/plot.svg'].map((one) => `/entries${one}`),
      ...['/findings', '/verification', '/api/audit/events', '/api/audit/export.csv', '/api/audit/export.ocsf', '/api/audit/findings', '/api/audit/verification', '/api/audit/witnesses'],
    ];
  });
  afterAll(() => service.stop());

  /** @returns whatever is no answer, once a row was changed; it is put back */
  async function failing({ table, set, of }: Change, parameters: readonly unknown[] = []): Promise<readonly string[]> {
    const sql = service.databases.recordsOwner;
    const place = `${KEYS[table]} = $1`;
    const before = await sql<{ row: string }>(`SELECT ${table}::text AS row FROM ${table} WHERE ${place}`, [rows[of]]);
    expect(before).toHaveLength(1);
    await sql(`UPDATE ${table} SET ${set} WHERE ${place}`, [rows[of], ...parameters]);
    const failed: string[] = [];
    for (const path of paths) {
      const status = await service.api('auditor').get(path).then((answer) => answer.status, () => 'broken off');
      if (status !== 200) failed.push(`${status} ${path}`);
    }
    await sql(`DELETE FROM ${table} WHERE ${place}`, [rows[of]]);
    await sql(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT (($1)::${table}).*`, [before[0]!.row]);
    return failed;
  }

  const CHANGES: readonly Change[] = [
    { table: 'log_entry', set: `leaf = regexp_replace(leaf, '"time":"[^"]*"', '"time":"2026-99-99T99:99:99Z"')`, of: 'reading' },
    { table: 'log_entry', set: `leaf = 'x', kind = 'constructor'`, of: 'reading' },
    { table: 'log_entry', set: `at = 'infinity'`, of: 'review' },
    { table: 'log_filter', set: `at = '-infinity'`, of: 'reading' },
    { table: 'log_filter', set: `purpose = 'shoe'`, of: 'reading' },
    { table: 'log_filter', set: `purpose = NULL`, of: 'reading' },
    { table: 'log_part', set: `subject = left(subject, -1) || ',"x":' || repeat('[', 1000000)`, of: 'reading' },
    { table: 'log_part', set: `context = repeat('{"a":', 1000000)`, of: 'refused' },
    { table: 'verification', set: `ended_at = 'infinity'`, of: 'verified' },
    { table: 'verification', set: `looked_at = 9223372036854775807, signed_size = -9223372036854775807`, of: 'verified' },
    { table: 'verification_finding', set: `class = 'shoe'`, of: 'compared' },
    { table: 'verification_finding', set: `entry_index = 9223372036854775807`, of: 'compared' },
  ];
  it.each(CHANGES.map((change) => [`${change.table} of the ${change.of}: ${change.set}`, change] as const))('%s', async (_, change) => {
    expect(await failing(change)).toEqual([]);
  });

  it.each(['{"counts":{"hasOwnProperty":5}}', '{"counts":{"opensAt":9007199254740991}}'])('circumstances that the leaf commits to: %s', async (text) => {
    const sql = service.databases.recordsOwner;
    const [{ leaf }] = (await sql('SELECT leaf FROM log_entry WHERE id = $1', [rows.reading])) as [{ readonly leaf: string }];
    await sql(`UPDATE log_entry SET leaf = regexp_replace(leaf, '"context":"[^"]*"', '"context":"' || $2::text || '"') WHERE id = $1`, [rows.reading, commitment({ text, salt: SALT })]);
    expect(await failing({ table: 'log_part', set: 'context = $2, context_salt = $3', of: 'reading' }, [text, SALT])).toEqual([]);
    await sql('UPDATE log_entry SET leaf = $2 WHERE id = $1', [rows.reading, leaf]);
  });

  it('a head of the log that is none: its page says so, and still compares a checkpoint', async () => {
    const { recordsOwner: sql } = service.databases;
    const pages = new PageClient(service.url);
    await pages.signIn(service.members.find(({ role }) => role === 'auditor')!);
    const { text: checkpoint } = await service.api('auditor').get('/api/audit/checkpoint');
    const [{ row }] = (await sql('SELECT log_head::text AS row FROM log_head')) as [{ readonly row: string }];
    for (const change of [`UPDATE log_head SET frontier = 'x'`, 'DELETE FROM log_head']) {
      await sql(change);
      const { status, html } = await pages.get('/verification');
      expect([change, status, /<p class="usa-error-message">Nothing more is signed/.test(html)]).toEqual([change, 200, true]);
      const pasted = await pages.post('/verification', { checkpoint });
      expect([change, pasted.status, pasted.html.includes('usa-alert--success')]).toEqual([change, 200, true]);
      await sql('DELETE FROM log_head');
      await sql('INSERT INTO log_head SELECT (($1)::log_head).*', [row]);
    }
  });

  it('shows when a review was written as its leaf says it', async () => {
    const asked = `/api/audit/reviews?entry=${rows.reading}`;
    const { body: before } = await service.api('auditor').get(asked);
    expect(before.reviews).toHaveLength(1);
    await service.databases.recordsOwner(`UPDATE log_entry SET at = '2020-01-01' WHERE id = $1`, [rows.review]);
    const { body: after } = await service.api('auditor').get(asked);
    expect(after.reviews[0].at.slice(0, 19)).toBe(before.reviews[0].at.slice(0, 19));
  });
});
