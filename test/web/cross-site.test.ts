import { describe, expect, it } from '@jest/globals';
import { checkCsrfToken, csrfToken } from '../../src/web/http/csrf-token.js';
import { SESSION_COOKIE, SESSION_COOKIE_ATTRIBUTES } from '../../src/web/http/cookies.js';
import { refuseCrossOrigin } from '../../src/web/http/same-origin.js';

const ORIGIN = 'https://intake.example.org';
const refusal = expect.objectContaining({ code: 'CROSS_SITE_REQUEST' });

describe('a form of a session', () => {
  it('is taken with the session’s own value', () => {
    expect(() => checkCsrfToken('session-1', csrfToken('session-1'))).not.toThrow();
  });

  it.each([csrfToken('session-2'), '', undefined, ['a', 'b'], csrfToken('session-1').slice(1)])('is refused with %j', (given) => {
    expect(() => checkCsrfToken('session-1', given)).toThrow(refusal);
  });

  it('does not carry the session’s token', () => {
    expect(csrfToken('session-1')).not.toContain('session-1');
  });
});

describe('a request that changes something', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin', origin: ORIGIN }],
    [{ origin: ORIGIN }],
    [{}],
  ])('is taken with %j', (headers) => {
    expect(() => refuseCrossOrigin({ method: 'POST', headers }, ORIGIN)).not.toThrow();
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site', origin: ORIGIN }],
    [{ 'sec-fetch-site': 'none' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://intake.example.org.evil.example' }],
  ])('is refused with %j', (headers) => {
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE', 'post']) {
      expect(() => refuseCrossOrigin({ method, headers }, ORIGIN)).toThrow(refusal);
    }
  });

  it('may be read from anywhere', () => {
    expect(() => refuseCrossOrigin({ method: 'GET', headers: { 'sec-fetch-site': 'cross-site' } }, ORIGIN)).not.toThrow();
  });
});

describe('the session cookie', () => {
  it('is bound to this host, hidden from scripts, and not sent along from other sites', () => {
    expect(SESSION_COOKIE).toMatch(/^__Host-/);
    expect(SESSION_COOKIE_ATTRIBUTES).toEqual({ path: '/', secure: true, httpOnly: true, sameSite: 'strict' });
  });
});
