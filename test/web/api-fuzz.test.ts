import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { Role } from '../../src/access/signed-in.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { STATUS } from '../../src/platform/refusal.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** More of the same with `FUZZ_RUNS=2000 npm test -- api-fuzz`. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 40);

let service: TestService;
let id: string;
/** Every route that takes a body, from the service's own description. */
let routes: readonly { readonly method: string; readonly path: string }[];
beforeAll(async () => {
  service = await startTestService();
  id = (await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Ana' } } })).body.id;
  const { paths } = (await service.api().get('/openapi.json')).body as { paths: Record<string, Record<string, unknown>> };
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).filter((method) => method !== 'get').map((method) => ({ method: method.toUpperCase(), path })),
  );
});
afterAll(() => service.stop());

const NAMES = ['taxYear', 'answers', 'version', 'stage', 'fields', 'email', 'password', 'currentPassword', 'token', 'name', 'role', 'words', 'confirmToday', 'timeZone', 'seasonEnd', 'collectNotes', 'phone', 'taxpayerId', 'lastName', 'dateOfBirth', 'constructor', 'toString', 'length'];
const GROUPS = [...new Set(catalogue.fields.map(({ group }) => group))];

const value = fc.oneof(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), fc.constantFrom('', '\0', '\ud800', 'open', 'prepared', 'preparer', '2027-02-30', 'x'.repeat(3000), 2026, 1, 0, -1, 1e308, 2 ** 53, true, null, [], {}));
const answers = fc.dictionary(fc.constantFrom(...GROUPS), fc.oneof(fc.dictionary(fc.constantFrom(...catalogue.fields.map(({ name }) => name)), value, { maxKeys: 4 }), fc.array(value, { maxLength: 14 }), value), { maxKeys: 3 });
const body = fc.oneof(fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(value, answers), { maxKeys: 5 }), fc.record({ version: fc.constantFrom(1, 2, '1', null), taxYear: fc.constantFrom(2026, 2026.5, '2026'), answers }, { requiredKeys: [] }), value);

/** All that a request can write, but sessions' times, the log, and what a wrong password is slowed down by. */
const written = async (): Promise<unknown> => [
  await service.databases.recordsOwner(`SELECT (SELECT json_agg(i ORDER BY id) FROM intake i) AS intakes, (SELECT count(*) FROM section) AS sections, (SELECT md5(string_agg(sealed, '' ORDER BY intake_id, class)) FROM section) AS sealed,
    (SELECT json_agg(m ORDER BY id) FROM member m) AS members, (SELECT json_agg(s ORDER BY id) FROM site s) AS sites, (SELECT count(*) FROM invitation) AS invitations, (SELECT count(*) FROM submission) AS submissions, (SELECT count(*) FROM purge_run) AS runs`),
  await service.databases.keysOwner('SELECT (SELECT count(*) FROM life_share) AS shares, (SELECT count(*) FROM lookup) AS lookups'),
];

async function send(role: Role | undefined, { method, path }: { method: string; path: string }, content: unknown) {
  const token = role && service.members.find((member) => member.role === role)!.token;
  const address = path.replace('{id}', path.includes('intakes') ? id : randomUUID());
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(service.url + address, { method, headers, body: JSON.stringify(content) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>) };
}

/** These end the session that asks, or keep the service at work: what they do is tested by name elsewhere. */
const APART = new Set(['/api/sign-out', '/api/retention/runs']);

describe('any JSON at any route', () => {
  it.each<Role | undefined>(['preparer', 'administrator', 'auditor', undefined])('is done or is refused as all is, and a refusal writes nothing: %s', async (role) => {
    expect(routes.length).toBeGreaterThan(10);
    const route = fc.constantFrom(...routes.filter(({ path }) => !APART.has(path)));
    let before = await written();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(route, body), { minLength: 4, maxLength: 4 }), async (requests) => {
        for (const [at, content] of requests) {
          const answer = await send(role, at, content);
          const after = await written();
          if (answer.status < 300) {
            before = after;
            continue;
          }
          expect(after).toEqual(before);
          expect([answer.status < 500, STATUS[answer.body!['code'] as keyof typeof STATUS]]).toEqual([true, answer.status]);
          expect(typeof answer.body!['message']).toBe('string');
          for (const field of (answer.body!['fields'] ?? []) as string[]) expect(field).toMatch(/^(?:\?|[A-Za-z_][\w-]*|Idempotency-Key)(?:\.(?:\?|\d{1,2}|[A-Za-z_][\w-]*))*$/);
        }
      }),
      { numRuns: RUNS },
    );
    expect(service.said.filter((line) => line.includes('request.failed'))).toEqual([]);
  }, 60_000 + RUNS * 2_000);
});
