import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sequencer } from '../../src/audit/sequencer.js';
import { Signer } from '../../src/audit/signer.js';

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
    expect((await service.api('preparer').get(`/api/intakes/${intake}?fields=contact&purpose=review`)).status).toBe(200);
  });
});
