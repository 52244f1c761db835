import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { ChangeSite } from '../../src/access/change-site.js';
import { Signer } from '../../src/audit/signer.js';
import type { Role } from '../../src/access/signed-in.js';
import { createApp } from '../../src/create-app.js';
import { foundSite, memberOf, signInAll, type SignedInMember } from '../../src/demo/members.js';
import { EventLog } from '../../src/platform/event-log.js';
import { Settings, type WitnessSetting } from '../../src/platform/settings.js';
import { makeDatabases, type TestDatabases } from './test-databases.js';
import { TestClock } from './test-clock.js';

export interface TestService {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly clock: TestClock;
  readonly databases: TestDatabases;
  /** preparer, administrator, auditor, second preparer, second administrator */
  readonly members: readonly SignedInMember[];
  /** Lines that the service wrote to its own log. */
  readonly said: readonly string[];
  /** A client of the JSON API that is signed in as the first member of the role; without a role, signed out. */
  api(role?: Role): ApiClient;
  /** A client with a fresh session: sessions live twelve hours at most, and a test jumps over days. */
  signInAgain(role: Role): Promise<ApiClient>;
  stop(): Promise<void>;
}

export interface ApiClient {
  get(path: string): supertest.Test;
  post(path: string, body?: object): supertest.Test;
  patch(path: string, body: object): supertest.Test;
}

/** The whole service on databases of its own, with one site and five members, listening on a free port. */
export async function startTestService(options: { readonly now?: string; readonly credentials?: boolean; readonly witnesses?: readonly WitnessSetting[] } = {}): Promise<TestService> {
  const databases = await makeDatabases();
  const clock = new TestClock(new Date(`${options.now ?? '2027-02-01'}T17:00:00Z`));
  const said: string[] = [];
  const { records, keys } = databases;
  const { dataDirectory } = databases.settings;
  const settings = new Settings({ dataDirectory, databases: databases.urls, port: 0, allowNeverIssuedNumbers: true, witnesses: options.witnesses ?? [] });
  const events = new EventLog(() => clock.now(), { write: (line) => void said.push(line) });
  const app = await createApp({ settings, clock, records, keys, events });
  await app.listen(0, 'localhost');
  const members = await signInAll(app, await foundSite(app, 'Test Site'));
  const administrator = await memberOf(app, members[1]!.token);
  await app.get(ChangeSite).run(administrator, { collectCredentials: options.credentials ?? true });
  await app.get(Signer).sign(); // its first pass writes an entry: not into the middle of a test
  const url = `http://localhost:${(app.getHttpServer().address() as AddressInfo).port}`;
  return {
    app,
    url,
    clock,
    databases,
    members,
    said,
    api: (role) => apiClient(url, role && members.find((member) => member.role === role)!.token),
    signInAgain: async (role) => {
      const [again] = await signInAll(app, [members.find((member) => member.role === role)!]);
      return apiClient(url, again!.token);
    },
    stop: async () => {
      await app.close();
      await databases.close();
    },
  };
}

export function apiClient(url: string, token?: string): ApiClient {
  const agent = supertest(url);
  const signed = (test: supertest.Test): supertest.Test => (token ? test.set('Authorization', `Bearer ${token}`) : test);
  return {
    get: (path) => signed(agent.get(path)),
    post: (path, body) => signed(agent.post(path)).send(body ?? {}),
    patch: (path, body) => signed(agent.patch(path)).send(body),
  };
}
