import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LIMITS, LIMITS_IN_WORDS } from '../../src/web/http/limits.js';
import { OWN_PREFIX, USWDS_PREFIX } from '../../src/web/http/asset-paths.js';
import { rawRequest, statusOf } from '../support/raw-request.js';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

let world: PagesWorld;
let token: string;
beforeAll(async () => {
  world = await startPagesWorld();
  token = world.service.members[0]!.token;
});
afterAll(() => world.service.stop());

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

/** An answer as a program gets it. */
async function api(init: RequestInit, path = '/api/intakes') {
  const response = await fetch(world.service.url + path, { method: 'POST', ...init, headers: { authorization: `Bearer ${token}`, ...(init.headers as object) } });
  return { status: response.status, headers: response.headers, body: (await response.json()) as { code: string; fields?: string[] } };
}

/** The same as a person sees it, from one of our own pages. */
async function page(body: BodyInit, headers: Record<string, string>, path = '/intakes') {
  const cookie = `__Host-thinfile=${token}`;
  const response = await fetch(world.service.url + path, { method: 'POST', redirect: 'manual', headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin', cookie, ...headers }, body });
  return { status: response.status, html: await response.text(), headers: response.headers };
}

const intakes = async () => Number((await world.service.databases.recordsOwner<{ count: string }>('SELECT count(*) FROM intake'))[0]!.count);

describe('a body that is not taken', () => {
  const LARGE = JSON.stringify({ taxYear: 2026, answers: { taxpayer: { firstName: 'x'.repeat(LIMITS.bodyBytes) } } });
  it.each<[string, number, RequestInit]>([
    ['broken', 400, { headers: JSON_TYPE, body: '{"taxYear":2026' }],
    ['of a name twice', 400, { headers: JSON_TYPE, body: '{"taxYear":2026,"taxYear":2025}' }],
    ['too deep', 400, { headers: JSON_TYPE, body: '['.repeat(50_000) }],
    ['no UTF-8', 400, { headers: JSON_TYPE, body: Buffer.from([0x22, 0xff, 0x22]) }],
    ['too large', 413, { headers: JSON_TYPE, body: LARGE }],
    ['without a type', 415, { headers: { 'content-type': '' }, body: Buffer.from('{"taxYear":2026}') }],
    ['plain text', 415, { headers: { 'content-type': 'text/plain' }, body: '{"taxYear":2026}' }],
    ['a form', 415, { headers: FORM_TYPE, body: 'taxYear=2026' }],
    ['in parts', 415, { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' }],
    ['in another charset', 415, { headers: { 'content-type': 'application/json; charset=iso-8859-1' }, body: '{"taxYear":2026}' }],
    ['packed', 415, { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync('{"taxYear":2026}') }],
  ])('by the API is refused with a code, and nothing is begun: %s', async (_what, status, init) => {
    const before = await intakes();
    const answer = await api(init);
    expect([answer.status, Object.keys(answer.body)]).toEqual([status, ['code', 'message']]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await intakes()).toBe(before);
  });

  it('is taken when it is said to be what it is', async () => {
    expect((await api({ headers: { 'content-type': 'application/json; charset="UTF-8"', 'content-encoding': 'identity' }, body: '{"taxYear":2026}' })).status).toBe(201);
  });

  it.each<[string, number, Record<string, string>, BodyInit]>([
    ['JSON', 415, JSON_TYPE, '{"taxYear":"2026"}'],
    ['in parts', 415, { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
    ['plain text', 415, { 'content-type': 'text/plain' }, 'taxYear=2026'],
    ['packed', 415, { ...FORM_TYPE, 'content-encoding': 'br' }, 'taxYear=2026'],
    ['too large', 413, FORM_TYPE, `taxYear=${'2'.repeat(LIMITS.bodyBytes)}`],
    ['too many fields', 400, FORM_TYPE, Array.from({ length: LIMITS.formFields + 1 }, (_, at) => `f${at}=1`).join('&')],
    ['a name twice', 400, FORM_TYPE, 'taxYear=2026&taxYear=2025'],
    ['a bad escape', 400, FORM_TYPE, 'taxYear=%E0%A4'],
  ])('by a page is refused in its own look: %s', async (_what, status, headers, body) => {
    const before = await intakes();
    const answer = await page(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.html).toMatch(/<main id="main-content"[^]*<h1>/);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await intakes()).toBe(before);
  });
});

describe('a request that is hardly one', () => {
  const start = (rest: string) => `POST /api/intakes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n${rest}`;

  it.each<[string, number, string]>([
    ['headers beyond the limit', 431, `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(LIMITS.headerBytes)}\r\n\r\n`],
    ['an address beyond the limit', 414, `GET /intakes?${'x'.repeat(LIMITS.addressCharacters)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`],
    ['a NUL in the address', 400, 'GET /intakes/\0 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a space in the address', 400, 'GET /intakes/900-00-1234 x HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['an unknown method', 400, 'FROB / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['no host', 400, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['two lengths', 400, start('Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}')],
    ['a length and chunks', 400, start('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')],
    ['a chunk of no size', 400, start('Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n')],
  ])('is refused without an echo: %s', async (_what, status, request) => {
    const answer = await rawRequest(world.service.url, request);
    expect(statusOf(answer)).toBe(status);
    expect(answer).not.toMatch(/xxxx|900-00|FROB/);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toEqual({ code: expect.any(String), message: expect.any(String) });
  });

  it('in chunks is read as a whole, and cut short is nothing', async () => {
    const before = await intakes();
    const whole = await rawRequest(world.service.url, start('Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{"taxYea\r\n8\r\nr":2026}\r\n0\r\n\r\n'));
    expect(statusOf(whole)).toBe(201);
    await rawRequest(world.service.url, start('Content-Length: 16\r\n\r\n{"taxYear":20'), { hangUp: true });
    await rawRequest(world.service.url, start('Transfer-Encoding: chunked\r\n\r\n8\r\n{"taxYea\r\n'), { hangUp: true });
    expect(await intakes()).toBe(before + 1);
  });
});

describe('a method that an address does not have', () => {
  it.each<[string, string, string]>([
    ['DELETE', '/api/intakes', 'GET, HEAD, POST'],
    ['OPTIONS', '/api/intakes', 'GET, HEAD, POST'],
    ['PUT', '/api/intakes/00000000-0000-4000-8000-000000000000', 'GET, HEAD, PATCH'],
    ['TRACE', '/', 'GET, HEAD'],
    ['GET', '/language', 'POST'],
    ['GET', '/api/sign-in', 'POST'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['PATCH', '/intakes/x/you?y=1', 'GET, HEAD, POST'],
  ])('is 405 and says which it has: %s %s', async (method, path, allowed) => {
    const answer = await rawRequest(world.service.url, `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect([statusOf(answer), /^allow: (.*)\r$/im.exec(answer)?.[1]]).toEqual([405, allowed]);
    expect(answer).not.toMatch(/access-control/i);
  });

  it('is 404 where nothing is, whatever the method', async () => {
    for (const method of ['GET', 'DELETE', 'OPTIONS', 'PUT']) {
      expect((await fetch(`${world.service.url}/api/nothing`, { method })).status).toBe(404);
    }
  });

  it('is shown as a page to whoever reads pages', async () => {
    const response = await fetch(`${world.service.url}/intakes`, { method: 'DELETE', headers: { accept: 'text/html' } });
    expect([response.status, await response.text()]).toEqual([405, expect.stringContaining('That cannot be done here')]);
  });

  it('may be HEAD wherever GET is, with the same status and no body', async () => {
    const path = await world.started();
    for (const [at, status] of [['/policy', 200], [`/api${path}`, 200], ['/api/intakes/x', 404], ['/nowhere', 404]] as const) {
      const response = await fetch(world.service.url + at, { method: 'HEAD', headers: { authorization: `Bearer ${token}` } });
      expect([at, response.status, await response.text()]).toEqual([at, status, '']);
    }
  });
});

describe('an address that reaches out of the assets', () => {
  it.each(['..%2f..%2f..%2f..%2f..%2fpackage.json', '%2e%2e/%2e%2e/%2e%2e/package.json', '....//package.json', 'css/..%5c..%5cpackage.json', 'css/uswds.min.css%00.txt', 'js/uswds.min.js', '.git/config', ''])(
    'finds nothing: %s',
    async (path) => {
      for (const prefix of [USWDS_PREFIX, OWN_PREFIX]) {
        const answer = await rawRequest(world.service.url, `GET ${prefix}${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
        expect(statusOf(answer)).toBe(404);
        expect(answer).not.toContain('"dependencies"');
      }
    },
  );
});

describe('the limits', () => {
  it('are said in README and in the description of the API', async () => {
    expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8').replace(/\s+/g, ' ')).toContain(LIMITS_IN_WORDS);
    expect((await world.service.api().get('/openapi.json')).body.info.description).toContain(LIMITS_IN_WORDS);
  });
});
