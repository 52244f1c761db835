import { appendFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, it } from '@jest/globals';
import { Sequencer } from '../../../src/audit/sequencer.js';
import { Signer } from '../../../src/audit/signer.js';
import { VerifyLog } from '../../../src/audit/verify/verify-log.js';
import { VerifySections } from '../../../src/retention/verification/verify-sections.js';
import { startTestService, type TestService } from '../../support/test-service.js';

const OUT = '/tmp/zz-sections.txt';
const say = (l: string) => appendFileSync(OUT, l + '\n');
let service: TestService;
const sql = <T = Record<string, unknown>>(text: string, p?: unknown[]) => service.databases.recordsOwner<T>(text, p);
const TABLES = ['intake', 'section', 'preserved_section', 'tombstone', 'log_entry', 'log_part'];
let ids: string[];
beforeAll(async () => {
  writeFileSync(OUT, '');
  service = await startTestService();
  const api = service.api('preparer');
  const start = async () => ((await api.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Noor' } } })).body as { id: string }).id;
  ids = [await start(), await start(), await start()];
  for (const t of TABLES) await sql(`CREATE TABLE older_${t} AS TABLE ${t}`);
  for (const id of ids) { const { version } = (await api.get(`/api/intakes/${id}`)).body as { version: number }; await api.patch(`/api/intakes/${id}`, { version, answers: { taxpayer: { firstName: 'Robin' } } }); }
  await service.app.get(Sequencer).drain(); await service.app.get(Signer).sign();
  const cs = await sql<{ t: string; c: string }>(`SELECT conrelid::regclass::text AS t, conname AS c FROM pg_constraint WHERE contype <> 'n' AND conrelid::regclass::text = ANY ($1) OR confrelid::regclass::text = ANY ($1) ORDER BY contype = 'n'`, [TABLES]);
  for (const { t, c } of cs) await sql(`ALTER TABLE ${t} DROP CONSTRAINT IF EXISTS ${c} CASCADE`);
  for (const t of TABLES) {
    await sql(`ALTER TABLE ${t} DISABLE TRIGGER ALL`);
    for (const { name, i } of await sql<{ name: string; i: string }>(`SELECT attname AS name, attidentity AS i FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`, [t])) {
      if (i && t !== 'log_entry') await sql(`ALTER TABLE ${t} ALTER ${name} DROP IDENTITY`);
      if (!i || t !== 'log_entry') await sql(`ALTER TABLE ${t} ALTER ${name} DROP NOT NULL`);
    }
    await sql(`CREATE TABLE untouched_${t} AS TABLE ${t}`);
  }
});
afterAll(() => service.stop());
async function back(name: string, t: string) { await sql(`TRUNCATE ${t}`); await sql(`INSERT INTO ${t} OVERRIDING SYSTEM VALUE SELECT * FROM ${name}_${t}`); }
async function verify(): Promise<string> {
  const out: string[] = [];
  for (const [what, run] of [['S', () => service.app.get(VerifySections).execute('command')], ['L', () => service.app.get(VerifyLog).execute('command')]] as const) {
    try {
      const { total, findings } = await run() as { total: number; findings: readonly Record<string, unknown>[] };
      out.push(total === 0 ? `${what} nothing` : `${what} ${total}: ${[...new Set(findings.map((f) => `${f['kind']} ${f['class'] ?? f['index'] ?? ''}`))].slice(0, 2).join(', ')}`);
    } catch (e) { out.push(`${what} CRASH ${String(e).slice(0, 150)}`); }
  }
  await sql(`DELETE FROM log_pending`); // results of these
  await sql(`DELETE FROM log_part WHERE entry_id NOT IN (SELECT entry_id FROM untouched_log_part)`);
  await sql(`DELETE FROM log_entry WHERE id NOT IN (SELECT id FROM untouched_log_entry)`);
  return out.join(' / ');
}
const MUTATE: Record<string, readonly string[]> = {
  bigint: ['$ + 1', 'NULL'], integer: ['$ + 1', '$ - 1', 'NULL'], smallint: ['$ + 1'],
  text: [`$ || ' '`, `''`, 'NULL', `repeat('x', 3000000)`],
  bytea: ['set_byte($, 0, (get_byte($, 0) + 1) % 256)', 'substr($, 2)', `$ || '\\x00'`, `''::bytea`, 'NULL', `set_byte($, length($) - 1, (get_byte($, length($) - 1) + 1) % 256)`],
  uuid: ['gen_random_uuid()', 'NULL'], date: ['$ + 1', `'infinity'`, 'NULL'], boolean: ['NOT $', 'NULL'], jsonb: [`'{"x":1}'`, 'NULL', `'null'`],
};
it('edits', async () => {
  say(`clean ${await verify()}`);
  for (const t of ['section', 'intake']) {
    const cols = await sql<{ name: string; type: string }>(`SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`, [t]);
    for (const { name, type } of cols) for (const how of MUTATE[type] ?? ['NULL']) {
      const set = how.replaceAll('$', name);
      const one = `(SELECT ctid FROM ${t} ORDER BY ctid OFFSET 1 LIMIT 1)`;
      try { if ((await sql(`UPDATE ${t} SET ${name} = ${set} WHERE ctid = ${one} AND ${name} IS DISTINCT FROM (${set}) RETURNING 1`)).length === 0) continue; } catch (e) { say(`${t}.${name} ${how} sql ${e}`); continue; }
      say(`${t}.${name} = ${how}: ${await verify()}`); await back('untouched', t);
    }
    const one = `(SELECT ctid FROM ${t} ORDER BY ctid OFFSET 1 LIMIT 1)`;
    for (const [what, how] of [['DELETE', `DELETE FROM ${t} WHERE ctid = ${one}`], ['DOUBLE', `INSERT INTO ${t} SELECT * FROM ${t} WHERE ctid = ${one}`], ['TRUNCATE', `TRUNCATE ${t}`]] as const) {
      await sql(how); say(`${t} ${what}: ${await verify()}`); await back('untouched', t);
    }
    await back('older', t); say(`${t} OLDER: ${await verify()}`); await back('untouched', t);
  }
  for (const set of [['section', 'log_entry'], ['section', 'log_part'], ['section', 'intake'], ['section', 'log_entry', 'log_part'], ['section', 'intake', 'log_entry', 'log_part']]) {
    for (const t of set) await back('older', t);
    say(`OLDER ${set.join(',')}: ${await verify()}`);
    for (const t of set) await back('untouched', t);
  }
  // the older intake: row and sections away
  await sql(`DELETE FROM intake WHERE id = '${ids[1]}'`); await sql(`DELETE FROM section WHERE intake_id = '${ids[1]}'`);
  say(`whole intake gone: ${await verify()}`);
  await sql(`DELETE FROM log_filter WHERE intake_id = '${ids[1]}'`);
  await sql(`UPDATE log_entry SET intake_id = NULL WHERE intake_id = '${ids[1]}'`);
  say(`whole intake gone, entries unfiled: ${await verify()}`);
  for (const t of ['intake', 'section', 'log_entry']) await back('untouched', t);
}, 600_000);
