import type { Answer, RunningService } from './running-service.js';

/** No daylight saving there. */
const ZONE = 'America/Phoenix';
export const PASSWORD = 'seven grey herons wade upstream';

export type Role = 'preparer' | 'administrator' | 'auditor';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

export interface Invited {
  readonly email: string;
  readonly token: string;
}

export const ORGANISATION = {
  organisation: 'Riverside',
  site: 'Library',
  timeZone: ZONE,
  name: 'Ada Administrator',
  email: 'ada@example.org',
  password: PASSWORD,
} as const;

/** Sets the service up as whoever started it does. @returns its first administrator, signed in */
export async function setUp(service: RunningService): Promise<Person> {
  must(await service.ask('POST', '/api/set-up', { ...ORGANISATION, token: tokenIn(service.link!) }), 201);
  return collectNumbers(service);
}

/** The same with a second administrator, whom nobody invited: what takes two people takes these. */
export async function setUpByTwo(service: RunningService): Promise<readonly [Person, Person]> {
  const second = { name: 'Amina Administrator', email: 'amina@example.org' };
  const { body } = must(await service.ask('POST', '/api/set-up', { ...ORGANISATION, second, token: tokenIn(service.link!) }), 201);
  return [await collectNumbers(service), await join(service, second.email, tokenIn(body.second.link))];
}

/** The first administrator, once the site is there. */
export async function collectNumbers(service: RunningService): Promise<Person> {
  const administrator = await signIn(service, ORGANISATION.email);
  must(await service.ask('PATCH', '/api/site', { collectCredentials: true }, administrator.token), 200);
  return administrator;
}

export async function invite(service: RunningService, administrator: Person, role: Role, email: string): Promise<Invited> {
  const answer = await service.ask('POST', '/api/invitations', { name: 'Robin Sample', email, role }, administrator.token);
  return { email, token: tokenIn(must(answer, 201).body.link) };
}

export async function join(service: RunningService, email: string, token: string): Promise<Person> {
  must(await service.ask('POST', '/api/join', { token, password: PASSWORD }), 201);
  return signIn(service, email);
}

export async function signIn(service: RunningService, email: string, password: string = PASSWORD): Promise<Person> {
  const { body } = must(await service.ask('POST', '/api/sign-in', { email, password }), 200);
  return { id: body.member.id, email, token: body.token };
}

/** @throws Error when the answer has another status */
export function must(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

export function tokenIn(link: string): string {
  return new URL(link).searchParams.get('token')!;
}
