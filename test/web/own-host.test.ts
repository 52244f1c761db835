import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Settings } from '../../src/platform/settings.js';
import { ownHostOnly } from '../../src/web/http/own-host.js';
import { startTestService, type TestService } from '../support/test-service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

describe('a request that was addressed to another name', () => {
  it('is refused before anything looks at it, pages and API alike, with our headers', async () => {
    for (const path of ['/healthz', '/api/invitations', '/policy', '/nothing']) {
      const { status, headers } = await ask(path, 'evil.example');
      expect([path, status]).toEqual([path, 400]);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
    expect((await ask('/healthz', 'localhost:1234')).status).toBe(200);
    expect((await ask('/healthz', '127.0.0.1')).status).toBe(200);
  });

  it('is one of ours by the origin or the address that was set', () => {
    const check = ownHostOnly(new Settings({ dataDirectory: 'x', origin: 'https://intake.example.org', host: '10.0.0.5' }));
    for (const host of ['intake.example.org', 'INTAKE.example.org:443', '10.0.0.5:3000', '[::1]:80', 'localhost']) expect(() => check(host)).not.toThrow();
    for (const host of ['example.org', 'intake.example.org.evil.example', '', undefined, 'localhost:x']) expect(() => check(host)).toThrow();
  });
});

function ask(path: string, host: string): Promise<{ status: number; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, service.url), { headers: { host } }, (response) => {
      response.resume();
      resolve({ status: response.statusCode!, headers: response.headers });
    });
    sent.on('error', reject).end();
  });
}
