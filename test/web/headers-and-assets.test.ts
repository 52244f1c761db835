import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { OWN_PREFIX, STYLESHEETS, USWDS_PREFIX } from '../../src/web/http/asset-paths.js';
import { sendSecurityHeaders } from '../../src/web/http/security-headers.js';
import { serveAssets } from '../../src/web/http/serve-assets.js';

describe('every response', () => {
  let server: FastifyInstance;
  beforeAll(async () => {
    server = fastify();
    await sendSecurityHeaders(server, 'https://intake.example.org');
    await serveAssets(server);
    server.get('/page', async (_request, reply) => reply.type('text/html').send('<p>page</p>'));
  });
  afterAll(() => server.close());

  it.each(['/page', '/nothing-here'])('forbids scripts, frames and keeping: %s', async (url) => {
    const { headers } = await server.inject(url);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';style-src 'self';img-src 'self';font-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'strict-transport-security': expect.stringContaining('max-age='),
    });
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it.each(STYLESHEETS)('serves %s for good, from our own origin', async (url) => {
    const { statusCode, headers } = await server.inject(url);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toContain('text/css');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    `${USWDS_PREFIX}js/uswds.min.js`,
    `${USWDS_PREFIX}css/../../package.json`,
    `${USWDS_PREFIX}css/..%2f..%2fpackage.json`,
    `${USWDS_PREFIX}scss/uswds.scss`,
    `${OWN_PREFIX}../web.module.ts`,
    USWDS_PREFIX,
    OWN_PREFIX,
  ])('serves nothing else: %s', async (url) => {
    expect((await server.inject(url)).statusCode).toBeGreaterThanOrEqual(400);
  });

  it('tells browsers to insist on https only where it is', async () => {
    const local = fastify();
    await sendSecurityHeaders(local, 'http://localhost:3000');
    local.get('/', async () => 'here');
    expect((await local.inject('/')).headers).not.toHaveProperty('strict-transport-security');
    await local.close();
  });
});
