import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VerifyLog } from '../../src/audit/verify/verify-log.js';
import { makePeople, signIn } from '../access/matrix/people.js';
import { RULES } from '../access/matrix/rules.js';
import { signAll } from '../support/sign-all.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../support/test-service.js';
import { PageClient } from './page-client.js';

const OF_AUDITORS = /^GET (?:\/api\/audit\/|\/(?:entries|findings|verification)(?:\/|$))/;

/** What says something of entries, by route, and an address of it. */
const LEAVES: Readonly<Record<string, string>> = {
  'GET /api/audit/events': '/api/audit/events',
  'GET /api/audit/export.csv': '/api/audit/export.csv',
  'GET /api/audit/export.ocsf': '/api/audit/export.ocsf',
  'GET /api/audit/findings': '/api/audit/findings',
  'GET /api/audit/reviews': '/api/audit/reviews?finding=many-intakes.1',
  'GET /api/audit/verification': '/api/audit/verification',
  'GET /api/audit/tile/entries/*': '/api/audit/tile/entries/000.p/2',
  'GET /entries': '/entries',
  'GET /entries/:id': '/entries/1',
  'GET /entries/over-time': '/entries/over-time',
  'GET /entries/over-time/plot.svg': '/entries/over-time/plot.svg',
  'GET /findings': '/findings',
  'GET /findings/:key': '/findings/:key',
  'GET /verification': '/verification',
};

/** Keys, checkpoints and hashes, of the whole organization: they say nothing of any entry. */
const LEAVES_NONE: Readonly<Record<string, string>> = {
  'GET /api/audit/vkey': '/api/audit/vkey',
  'GET /api/audit/vkeys': '/api/audit/vkeys',
  'GET /api/audit/checkpoint': '/api/audit/checkpoint',
  'GET /api/audit/witnesses': '/api/audit/witnesses',
  'GET /api/audit/proof/inclusion': '/api/audit/proof/inclusion?index=0',
  'GET /api/audit/proof/consistency': '/api/audit/proof/consistency?from=1',
  'GET /api/audit/proof/tlog': '/api/audit/proof/tlog?index=0',
  'GET /api/audit/tile/:level/*': '/api/audit/tile/0/000.p/1',
};

describe('reading the log', () => {
  let service: TestService;
  let api: ApiClient;
  let pages: PageClient;
  /** Of what stands out: three attempts that were refused. */
  let key: string;
  beforeAll(async () => {
    service = await startTestService();
    const people = await makePeople(service);
    api = apiClient(service.url, await signIn(service.app, people.ofOrganisation.auditor));
    pages = new PageClient(service.url);
    await pages.signIn(service.members.find(({ role }) => role === 'auditor')!);
    for (let i = 0; i < 3; i++) await service.api('preparer').get('/api/audit/events');
    key = (await service.api('auditor').get('/api/audit/findings')).body.findings[0].key;
    await signAll(service.app);
    await service.app.get(VerifyLog).execute('command');
  });
  afterAll(() => service.stop());

  const readings = () => service.databases.recordsOwner<{ context: string }>(`SELECT p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'log.read' ORDER BY e.id`);
  /** How many entries it left. */
  async function left(address: string): Promise<readonly [status: number, entries: number]> {
    const before = (await readings()).length;
    const { status } = await (address.startsWith('/api/') ? api : pages).get(address.replace(':key', key));
    return [status, (await readings()).length - before];
  }

  it('is decided for every route of auditors', () => {
    const routes = Object.keys(RULES).filter((route) => OF_AUDITORS.test(route));
    expect(routes.sort()).toEqual([...Object.keys(LEAVES), ...Object.keys(LEAVES_NONE)].sort());
  });

  it.each(Object.values(LEAVES))('is an entry: %s', async (address) => {
    expect(await left(address)).toEqual([200, 1]);
  });

  it.each(Object.values(LEAVES_NONE))('is none where nothing is said of any: %s', async (address) => {
    expect(await left(address)).toEqual([200, 0]);
  });

  it('says how many results of verifications, and what was found, it was, on the page as over the API', async () => {
    await service.databases.recordsOwner(`UPDATE log_part SET actor = actor || ' ' WHERE entry_id = (SELECT min(entry_id) FROM log_index)`);
    expect((await service.app.get(VerifyLog).execute('command')).total).toBe(1);
    for (const client of [api, pages]) {
      await client.get(client === api ? '/api/audit/verification' : '/verification');
      expect(JSON.parse((await readings()).at(-1)!.context)).toEqual({ counts: { findings: 1, verifications: 1 } });
    }
  });
});
