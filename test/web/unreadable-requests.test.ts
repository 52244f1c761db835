import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readableAddress } from '../../src/web/http/readable-address.js';
import { USWDS_PREFIX } from '../../src/web/http/asset-paths.js';
import { startTestService, type TestService } from '../support/test-service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

describe('an address that no route can read', () => {
  it.each(['/api/intakes/%ff123-45-6789', '/%E0%A4%A', `/api/intakes/${'7'.repeat(5000)}`, `${USWDS_PREFIX}css/%ff`])(
    'is unknown like any other, with all headers, and is not repeated: %.40s',
    async (path) => {
      const { status, headers, body } = await service.api('preparer').get(path);
      expect([status, Object.keys(body), body.code]).toEqual([404, ['code', 'message'], 'NOT_FOUND']);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    },
  );

  it('is left alone when it can be read', () => {
    for (const url of ['/', '/a?b=%ff', '/a%20b?c', '/?']) expect(readableAddress(url)).toBe(url);
  });
});

describe('a request that no database could take', () => {
  it('is refused by name', async () => {
    const signIn = await service.api().post('/api/sign-in', { email: 'a\0b', password: 'x' });
    expect([signIn.status, signIn.body.code, signIn.body.fields]).toEqual([422, 'INVALID_INPUT', ['email']]);
    const site = await service.api('administrator').patch('/api/site', { name: 'a\0b' });
    expect([site.status, site.body.fields]).toEqual([422, ['name']]);
    for (const none of ['2027-02-30', '2027-02-30T00:00:00Z', '2027-03-01T12:00:00', '20270301']) {
      expect([none, (await service.api('auditor').get(`/api/audit/events?from=${none}`)).status]).toEqual([none, 422]);
    }
    for (const day of ['2027-02-28', '2027-02-28T00:00:00Z', '2027-02-28T00:00:00.5-05:00']) {
      expect([day, (await service.api('auditor').get(`/api/audit/events?from=${day}`)).status]).toEqual([day, 200]);
    }
    const events = await service.api('auditor').get('/api/audit/events?before=2027-W05');
    expect([events.status, events.body.fields]).toEqual([422, ['before']]);
  });

  it('for a part of a style sheet gets the whole', async () => {
    const response = await service.api().get(`${USWDS_PREFIX}css/uswds.min.css`).set('Range', 'bytes=99999999-');
    expect(response.status).toBe(200);
  });
});
