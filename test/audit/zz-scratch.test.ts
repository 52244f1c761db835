import { it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import { dataSource } from '../../src/platform/data-source.js';
import { logFixture, reading } from './log-fixture.js';
it('bench', async () => {
  const f = await logFixture();
  const source = await dataSource('bench', f.databases.urls.records.service, 32).initialize();
  const records = new RecordsDatabase(source);
  const run = async (name: string, seconds: number, work: () => Promise<unknown>) => {
    let n = 0; const end = performance.now() + seconds * 1000; const t = performance.now(); const c = process.cpuUsage();
    await Promise.all(Array.from({ length: 32 }, async () => { while (performance.now() < end) { await work(); n++; } }));
    const cpu = process.cpuUsage(c);
    console.log(name, Math.round(n / ((performance.now() - t) / 1000)), '/s', 'cpu us/op', Math.round((cpu.user + cpu.system) / n));
  };
  await run('empty tx', 3, () => records.inSite(f.site, async (tx) => void (await tx.query('SELECT 1'))));
  await run('append only', 4, () => records.inSite(f.site, (tx) => f.log.append(tx, reading(f.site))));
  let t = performance.now(); console.log('drain backlog', await f.sequencer.drain(), performance.now() - t, 'ms');
  f.sequencer.onApplicationBootstrap(); f.signer.onApplicationBootstrap();
  await run('append + sequencer + signer', 8, () => records.inSite(f.site, (tx) => f.log.append(tx, reading(f.site))));
  console.log(JSON.stringify(await f.databases.recordsOwner("SELECT (SELECT count(*) FROM log_pending) pending, (SELECT size FROM log_head) size, (SELECT max(size) FROM log_checkpoint) signed, pg_relation_size('log_pending') bytes, (SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname='log_pending') dead")));
  t = performance.now(); await f.sequencer.drain(); console.log('drain rest', performance.now() - t);
  t = performance.now(); await f.sequencer.drain(); console.log('drain nothing', performance.now() - t);
  t = performance.now(); await f.databases.recordsOwner('SELECT min(since) FROM log_pending'); console.log('oldest', performance.now() - t);
  console.log(f.said.join(''));
  await f.sequencer.onApplicationShutdown(); await f.signer.onApplicationShutdown();
  await records.close(); await f.databases.close();
}, 120000);
