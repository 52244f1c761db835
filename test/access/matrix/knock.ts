import { csrfToken } from '../../../src/access/cross-site.js';
import { SESSION_COOKIE } from '../../../src/access/session-token.js';
import { tokenBytes } from '../../../src/crypto/secret-token.js';
import type { Caller } from './callers.js';
import { isPage, type Fixtures, type Rule } from './expected.js';

export interface Knocked {
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
}

/** Sends one request: to a page with a cookie as a browser does, to the API with a bearer token. */
export async function knock(origin: string, route: string, rule: Rule, caller: Caller, fixtures: Fixtures): Promise<Knocked> {
  await caller.restore?.();
  const [method, pattern] = route.split(' ') as [string, string];
  const address = pattern.replace(':id', rule.id ? fixtures[rule.id] : ':id').replace(':topic', 'contact').replace(':end', 'withdrawn').replace(':year', '2026');
  const content = rule.body?.(caller) ?? {};
  const init = isPage(route) ? asBrowser(caller, content) : asProgram(caller, content);
  const response = await fetch(new URL(address + (rule.query ?? ''), origin), {
    ...{ method, redirect: 'manual', headers: init.headers },
    ...(method === 'GET' ? {} : { body: init.body }),
  });
  return { status: response.status, location: response.headers.get('location'), body: await response.text() };
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function asProgram({ token }: Caller, content: object | string): Sent {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  return { headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(content) };
}

function asBrowser({ token, member }: Caller, content: object | string): Sent {
  const body = new URLSearchParams(content as Record<string, string>);
  if (token) body.set('_csrf', csrfToken({ token: tokenBytes(token)!, siteId: member?.siteId ?? '' }));
  const headers = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  return { headers: { ...headers, ...(token ? { cookie: `${SESSION_COOKIE}=${token}` } : {}) }, body: body.toString() };
}
