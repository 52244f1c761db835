import { LOGGED_FIELDS } from '../../src/catalogue/logged-fields.js';
import { median, type Row } from '../measure.js';
import { asOwner, siteOf } from '../service/fill-keys.js';
import { withService } from '../service/served.js';
import { fillLog, idOf } from './fill-trails.js';

const TRIES = 5;

const LISTS: readonly string[] = [
  '',
  `?member=${idOf('member 3')}`,
  `?intake=${idOf('intake 5')}`,
  '?class=credentials',
  `?field=contact.phone&member=${idOf('member 3')}&purpose=legal`,
  '?purpose=print',
  '?kind=sign-in-failed',
];

/** Auditors' pages, whole, as the service answers them over HTTP with so many entries of ninety days at their site: the longest of them, in milliseconds. */
export function pages(entries: number): Promise<{ readonly longestMs: number; readonly rows: readonly Row[] }> {
  return withService(async (served) => {
    const until = new Date();
    await asOwner(served.records, async (client) => {
      const query = async <T>(sql: string, parameters: unknown[] = []): Promise<T[]> => (await client.query(sql, parameters)).rows as T[];
      const fields = LOGGED_FIELDS.filter((name) => name.includes('.')).slice(0, 60);
      await fillLog(query, { site: await siteOf(served), entries, until, days: 90, fields });
    });
    const get = async (path: string): Promise<string> => {
      const response = await fetch(`http://localhost:${served.port}${path}`, { headers: { authorization: `Bearer ${served.auditor}` } });
      if (response.status !== 200) throw new Error(`${path} is ${response.status}`);
      return response.text();
    };
    const paths = [
      ...LISTS.map((list) => `/entries${list}`),
      ...['purpose', 'member'].flatMap((by) => [`/entries/over-time?by=${by}`, `/entries/over-time/plot.svg?by=${by}&width=wide`]),
      '/findings',
      '/findings?days=90',
      /href="(\/findings\/[^"?]+)/.exec(await get('/findings'))![1]!,
      '/verification',
      `/entries/${entries}`,
      '/',
    ];
    const rows: (Row & { readonly ms: number })[] = [];
    for (const path of paths) {
      const times: number[] = [];
      for (let i = 0; i < TRIES; i++) {
        const start = performance.now();
        await get(path);
        times.push(performance.now() - start);
      }
      rows.push({ name: path, ms: median(times) });
    }
    return { longestMs: Math.max(...rows.map(({ ms }) => ms)), rows };
  });
}
