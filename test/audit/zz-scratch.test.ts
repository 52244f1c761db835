import { it } from '@jest/globals';
import { randomUUID, randomBytes } from 'node:crypto';
import { logFixture, reading } from './log-fixture.js';
import { leafText, saltParts } from '../../src/audit/leaf.js';
import { checkEntry } from '../../src/audit/check-entry.js';
it('bench', async () => {
  const f = await logFixture();
  const lines: string[] = [];
  const records = f.databases.records;
  await records.inSite(f.site, (tx) => f.log.append(tx, reading(f.site)));
  // capture SQL
  let sql = ''; let params: unknown[] = [];
  const fake = { onRollback() {}, query: async (s: string, p: unknown[]) => { sql = s; params = p; return [{ id: 1 }]; } };
  let t = performance.now();
  for (let i = 0; i < 3000; i++) await f.log.append(fake as never, reading(f.site));
  lines.push('js without pg us/op ' + ((performance.now() - t) / 3).toFixed(0));
  t = performance.now(); for (let i = 0; i < 3000; i++) checkEntry(reading(f.site)); lines.push('check ' + ((performance.now() - t) / 3).toFixed(0));
  t = performance.now(); for (let i = 0; i < 3000; i++) saltParts(reading(f.site)); lines.push('salt ' + ((performance.now() - t) / 3).toFixed(0));
  const parts = saltParts(reading(f.site));
  t = performance.now(); for (let i = 0; i < 3000; i++) leafText({ kind: 'answers.read', time: 'x', epoch: 'e', counter: i }, parts); lines.push('leaf ' + ((performance.now() - t) / 3).toFixed(0));
  await records.inSite(f.site, async (tx) => {
    for (let i = 0; i < 3; i++) {
      await f.log.append(fake as never, reading(f.site));
      const plan = await tx.query<Record<string, string>>('EXPLAIN (ANALYZE, SUMMARY) ' + sql, params);
      if (i === 2) lines.push(plan.map((l) => l['QUERY PLAN']).join('\n'));
    }
  });
  const N = 600;
  const seq = async (name: string, work: (tx: any) => Promise<unknown>) => {
    await records.inSite(f.site, async (tx) => {
      const t = performance.now(); const c = process.cpuUsage();
      for (let i = 0; i < N; i++) await work(tx);
      const cpu = process.cpuUsage(c);
      lines.push(`${name}: ${((performance.now() - t) * 1000 / N).toFixed(0)} us each, node cpu ${((cpu.user + cpu.system) / N).toFixed(0)}`);
    });
  };
  for (const _ of [1, 2]) {
  await seq('select 1', (tx) => tx.query('SELECT 1'));
  await seq('append', (tx) => f.log.append(tx, reading(f.site)));
  await f.databases.recordsOwner(`CREATE OR REPLACE FUNCTION append_log_entry(site uuid, intake uuid, kind text, at timestamptz, epoch uuid, counter bigint, leaf text,
     actor text, actor_salt bytea, subject text, subject_salt bytea, context text, context_salt bytea) RETURNS bigint LANGUAGE plpgsql AS $$
     DECLARE new_id bigint; BEGIN
     INSERT INTO log_entry (site_id, intake_id, kind, at, epoch, counter, leaf) VALUES (site, intake, kind, at, epoch, counter, leaf) RETURNING id INTO new_id;
     INSERT INTO log_part (entry_id, site_id, actor, actor_salt, subject, subject_salt, context, context_salt) VALUES (new_id, site, actor, actor_salt, subject, subject_salt, context, context_salt);
     INSERT INTO log_pending (entry_id) VALUES (new_id);
     RETURN new_id; END $$`);
  const ep = randomUUID(); let n = 0;
  const salt = randomBytes(32);
  await seq('plpgsql fn scalar', (tx) => { const e = reading(f.site); const p = saltParts(e); const lt = leafText({ kind: e.kind, time: '2027-03-01T15:00:00Z', epoch: ep, counter: n }, p); return tx.query('SELECT append_log_entry($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) AS id', [f.site, e.subject.intake, e.kind, '2027-03-01T15:00:00Z', ep, ++n, lt, p.actor.text, salt, p.subject.text, salt, p.context.text, salt]); });
  await seq('cte scalar', (tx) => { const e = reading(f.site); const p = saltParts(e); const lt = leafText({ kind: e.kind, time: '2027-03-01T15:00:00Z', epoch: ep, counter: n }, p); return tx.query(`WITH e AS (INSERT INTO log_entry (site_id, intake_id, kind, at, epoch, counter, leaf) VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING id), p AS (INSERT INTO log_part (entry_id, site_id, actor, actor_salt, subject, subject_salt, context, context_salt) SELECT id, $1, $8,$9,$10,$11,$12,$13 FROM e), q AS (INSERT INTO log_pending (entry_id) SELECT id FROM e) SELECT id FROM e`, [f.site, e.subject.intake, e.kind, '2027-03-01T15:00:00Z', ep, ++n, lt, p.actor.text, salt, p.subject.text, salt, p.context.text, salt]); });
  }
  console.log(lines.join('\n'));
  await f.databases.close();
}, 120000);
