import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysMigrations } from '../../migrations/keys/all.js';
import { recordsMigrations } from '../../migrations/records/all.js';
import type { EntryFilter } from '../../src/audit/entry-filter.js';
import { DETECT } from '../../src/audit/findings/detectors.js';
import { DETECTORS, type WatchRules } from '../../src/audit/findings/finding.js';
import { listEntries } from '../../src/audit/list-entries.js';
import { readingsOverTime } from '../../src/audit/readings-over-time.js';
import { summariseEntries } from '../../src/audit/summarise-entries.js';
import { LOGGED_FIELDS } from '../../src/catalogue/logged-fields.js';
import { openDatabases } from '../../src/platform/open-databases.js';
import type { RecordsTx } from '../../src/platform/records-tx.js';
import { Settings } from '../../src/platform/settings.js';
import { median, type Row } from '../measure.js';
import { asOwner } from '../service/fill-keys.js';
import { fillLog, idOf } from './fill-trails.js';

const TRIES = 5;
const RULES: WatchRules = { timeZone: 'America/New_York', opensAt: 480, closesAt: 1200, openDays: 127, manyIntakes: 20, readsWithoutChange: 10, failedSignIns: 5, refusedAttempts: 3 };

const FILTERS: readonly EntryFilter[] = [
  {},
  { member: idOf('member 3') },
  { member: randomUUID() },
  { intake: idOf('intake 5') },
  { classes: ['credentials'] },
  { classes: ['identity'], kinds: ['site.changed'] },
  { field: 'contact.phone', member: idOf('member 3'), purpose: 'legal' },
  { purpose: 'print' },
  { kinds: ['sign-in-failed'] },
];

/** What auditors ask of so many entries of ninety days, in milliseconds: the longest of the lists, the trails, the plots, and all that stands out in thirty days. */
export async function questions(entries: number): Promise<{ readonly longest: Readonly<Record<string, number>>; readonly rows: readonly Row[] }> {
  const directory = mkdtempSync(join(tmpdir(), 'thinfile-bench-log-'));
  const { records, owners, close } = await openDatabases(new Settings({ dataDirectory: directory }), { migrations: { records: recordsMigrations, keys: keysMigrations } });
  const [site, now] = [randomUUID(), new Date()];
  const span = (days: number) => ({ from: new Date(now.getTime() - days * 86_400_000), before: now });
  const works: readonly (readonly [string, string, (tx: RecordsTx) => Promise<unknown>])[] = [
    ...FILTERS.map((filter) => ['lists', JSON.stringify(filter), (tx: RecordsTx) => listEntries(tx, filter)] as const),
    ['trails', 'of a member', (tx) => summariseEntries(tx, { member: idOf('member 3') })],
    ['trails', 'of an intake', (tx) => summariseEntries(tx, { intake: idOf('intake 5') })],
    ['plots', 'by purpose', (tx) => readingsOverTime(tx, span(90), RULES.timeZone, 'purpose')],
    ['plots', 'by member', (tx) => readingsOverTime(tx, span(90), RULES.timeZone, 'member')],
    ['findings', 'all of them', async (tx) => {
      for (const name of DETECTORS) await DETECT[name](tx, span(30), RULES);
    }],
  ];
  try {
    await asOwner(owners.records, async (client) => {
      const query = async <T>(sql: string, parameters: unknown[] = []): Promise<T[]> => (await client.query(sql, parameters)).rows as T[];
      await fillLog(query, { site, entries, until: now, days: 90, fields: LOGGED_FIELDS.filter((name) => name.includes('.')).slice(0, 60) });
      // As the tables of a service that has run for a while are. A commit that is not on the disk yet keeps its rows from being marked.
      await client.query('CHECKPOINT');
      for (const table of ['log_part', 'log_entry']) await client.query(`VACUUM (ANALYZE, FREEZE) ${table}`);
    });
    const rows: (Row & { readonly ms: number })[] = [];
    const longest: Record<string, number> = {};
    for (const [group, name, work] of works) {
      const times: number[] = [];
      for (let i = 0; i < TRIES; i++) {
        const start = performance.now();
        await records.inSite(site, work);
        times.push(performance.now() - start);
      }
      const ms = median(times);
      rows.push({ name: `${group} ${name}`, ms });
      longest[`${group}Ms`] = Math.max(longest[`${group}Ms`] ?? 0, ms);
    }
    return { longest, rows };
  } finally {
    await close();
    rmSync(directory, { recursive: true, force: true });
  }
}
