import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WATCH_RULES, watchByLog } from '../../src/access/watch-by-log.js';
import { WATCH_DEFAULTS } from '../../src/access/watch-settings.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';
import { PageClient } from './page-client.js';

let service: TestService;
let auditor: ApiClient;
let site: string;

const owner = (sql: string, parameters: unknown[] = []) => service.databases.recordsOwner(sql, parameters);
const set = (change: object) => service.api('administrator').patch('/api/site', change);

beforeAll(async () => {
  service = await startTestService();
  auditor = service.api('auditor');
  const preparer = service.api('preparer');
  site = (await service.api('administrator').get('/api/site')).body.id;
  for (let i = 0; i < 3; i++) {
    const { body } = await preparer.post('/api/intakes', { taxYear: 2026, answers: { contact: { phone: '2025550155' } } });
    await preparer.get(`/api/intakes/${body.id}?fields=contact`);
  }
});
beforeEach(() => set({ manyIntakes: 3 }));
afterAll(() => service.stop());

interface Found {
  readonly findings: readonly { readonly detector: string; readonly key: string }[];
  readonly settingsNotAsLogged: readonly string[];
}

const found = async (): Promise<Found> => (await auditor.get('/api/audit/findings')).body;
const detectors = ({ findings }: Found) => findings.map(({ detector }) => detector);
const page = async (): Promise<string> => {
  const client = new PageClient(service.url);
  await client.signIn(service.members.find(({ role }) => role === 'auditor')!);
  return (await client.get('/findings')).html;
};

describe('settings of a site that somebody changed in the database', () => {
  it('hide nothing that stands out, and are told of', async () => {
    const before = await found();
    expect([detectors(before), before.settingsNotAsLogged]).toEqual([expect.arrayContaining(['many-intakes']), []]);
    expect(await page()).not.toContain('Somebody changed site settings');
    await owner('UPDATE site SET many_intakes = 10000, open_days = 1 WHERE id = $1', [site]);
    const after = await found();
    expect(detectors(after)).toEqual(detectors(before));
    expect(after.settingsNotAsLogged).toEqual(['openDays', 'manyIntakes']);
    const { key } = after.findings.find(({ detector }) => detector === 'many-intakes')!;
    expect((await auditor.post('/api/audit/reviews', { finding: key, outcome: 'follow-up', note: 'It is still there.' })).status).toBe(201);
    const html = await page();
    expect(html).toContain('Somebody changed site settings in the database');
    expect(html).toContain('One member opened 3 or more different intakes within 60 minutes.');
    await owner('UPDATE site SET open_days = $2, many_intakes = 3 WHERE id = $1', [site, WATCH_DEFAULTS.openDays]);
    expect((await found()).settingsNotAsLogged).toEqual([]);
  });

  it('are put right by an administrator who sets them', async () => {
    await owner('UPDATE site SET many_intakes = 10000 WHERE id = $1', [site]);
    expect((await set({ manyIntakes: 3 })).status).toBe(200);
    expect((await found()).settingsNotAsLogged).toEqual([]);
  });

  it('are looked for on the clocks that the log says', async () => {
    await owner(`UPDATE site SET time_zone = 'Pacific/Auckland' WHERE id = $1`, [site]);
    expect((await found()).settingsNotAsLogged).toEqual(['timeZone']);
    await owner(`UPDATE site SET time_zone = 'America/New_York' WHERE id = $1`, [site]);
    expect((await found()).settingsNotAsLogged).toEqual([]);
  });

  it('are not known any more where an entry that set some is not what it was', async () => {
    const newest = `(SELECT max(id) FROM log_entry WHERE kind = 'site.changed')`;
    await owner(`UPDATE log_part SET context = replace(context, '"manyIntakes":3', '"manyIntakes":9') WHERE entry_id = ${newest}`);
    expect((await found()).settingsNotAsLogged).toEqual(WATCH_RULES);
    await owner(`UPDATE log_part SET context = replace(context, '"manyIntakes":9', '"manyIntakes":3') WHERE entry_id = ${newest}`);
    expect((await found()).settingsNotAsLogged).toEqual([]);
  });
});

describe('settings of a site that an administrator changes', () => {
  it('are no difference while somebody looks', async () => {
    const read = await service.databases.records.inSite(site, async (tx) => {
      const query = tx.query.bind(tx);
      let isOver = false;
      tx.query = async <T>(sql: string, parameters?: readonly unknown[]): Promise<T[]> => {
        const rows = await query<T>(sql, parameters);
        if (!isOver) isOver = (await set({ manyIntakes: 7 })).status === 200;
        return rows;
      };
      return watchByLog(tx, site);
    });
    expect(read).toMatchObject({ differing: [], rules: { manyIntakes: 7 } });
  });

  it('begin with those of the table', async () => {
    const defaults = await owner(
      `SELECT column_name AS name, column_default::int AS value FROM information_schema.columns WHERE table_name = 'site' AND column_default ~ '^[0-9]+$'`,
    );
    const named = Object.fromEntries(Object.entries(WATCH_DEFAULTS).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));
    expect(Object.fromEntries((defaults as { name: string; value: number }[]).map(({ name, value }) => [name, value]))).toEqual(named);
  });
});
