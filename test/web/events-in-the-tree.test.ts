import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/audit/canonical-json.js';
import { openCheckpoint } from '../../src/audit/checkpoint.js';
import { parseVerifierKey } from '../../src/audit/verifier-key.js';
import { verifyInclusion } from '../../src/audit/verify-proof.js';
import { makePeople, signIn } from '../access/matrix/people.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const PARTS = ['actor', 'subject', 'context'] as const;

interface Event {
  readonly id: number;
  readonly kind: string;
  readonly index: number;
  readonly leaf: string;
  readonly actor: object;
  readonly subject: { readonly site?: string };
  readonly context: object;
  readonly salts: Readonly<Record<(typeof PARTS)[number], string>>;
}

let service: TestService;
let readers: Readonly<Record<'of the site' | 'of another site' | 'of the organisation', ApiClient>>;
let sites: Readonly<Record<'here' | 'elsewhere', string>>;

beforeAll(async () => {
  service = await startTestService();
  const people = await makePeople(service);
  sites = people;
  readers = {
    'of the site': service.api('auditor'),
    'of another site': apiClient(service.url, await signIn(service.app, people.ofElsewhere.auditor)),
    'of the organisation': apiClient(service.url, await signIn(service.app, people.ofOrganisation.auditor)),
  };
});
afterAll(() => service.stop());

/** SHA-256(salt ‖ part), computed here from what the answer says and from nothing else. */
function commitmentOf(part: object, salt: string): string {
  return hash('sha256', Buffer.concat([Buffer.from(salt, 'base64'), Buffer.from(canonicalJson(part), 'utf8')]), 'base64');
}

const hashOfLeaf = (leaf: string): Buffer => hash('sha256', Buffer.concat([Buffer.from([0]), Buffer.from(leaf, 'utf8')]), 'buffer');

/** All that were signed. Those of this reading are not. */
async function publishedEvents(reader: ApiClient): Promise<readonly Event[]> {
  const published = async (): Promise<readonly (Event & { readonly state: string })[]> => (await reader.get('/api/audit/events')).body.events;
  let events = await published();
  while (!events.slice(-1).every(({ state }) => state === 'published')) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    events = await published();
  }
  return events.filter(({ state }) => state === 'published');
}

describe('an entry of the API', () => {
  it.each(['of the site', 'of another site', 'of the organisation'] as const)('leads to the signed root by what the answers say alone, for an auditor %s', async (whose) => {
    const reader = readers[whose];
    const key = parseVerifierKey((await service.api().get('/api/audit/vkey')).text.trim())!;
    const events = await publishedEvents(reader);
    const checkpoint = openCheckpoint((await reader.get('/api/audit/checkpoint')).text, key)!;
    expect(events.length).toBeGreaterThan(3);
    for (const { kind, index, leaf, salts, ...parts } of events) {
      const said = JSON.parse(leaf);
      expect([said.kind, PARTS.map((name) => commitmentOf(parts[name], salts[name]))]).toEqual([kind, PARTS.map((name) => said[name])]);
      const { body } = await reader.get(`/api/audit/proof/inclusion?index=${index}&size=${checkpoint.size}`);
      expect(body.leafHash).toBe(hashOfLeaf(leaf).toString('base64'));
      const path = (body.hashes as string[]).map((one) => Buffer.from(one, 'base64'));
      expect(verifyInclusion(index, checkpoint.size, hashOfLeaf(leaf), path, checkpoint.root)).toBe(true);
    }
  });

  it('is not shown with another site’s leaf or salts', async () => {
    const events = await publishedEvents(readers['of another site']);
    expect(new Set(events.map(({ subject }) => subject.site ?? sites.elsewhere))).toEqual(new Set([sites.elsewhere]));
  });

  it('keeps its leaf and has no salts once its parts are pruned', async () => {
    const [event] = await publishedEvents(readers['of the site']);
    await service.databases.recordsOwner('DELETE FROM log_part WHERE entry_id = $1', [event!.id]);
    const { body } = await readers['of the site'].get('/api/audit/events');
    const pruned = body.events.find(({ id }: Event) => id === event!.id);
    expect(Object.keys(pruned).sort()).toEqual(['at', 'id', 'index', 'kind', 'leaf', 'state']);
    expect(pruned.leaf).toBe(event!.leaf);
  });
});
