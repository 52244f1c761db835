import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { SetUpLink } from '../../src/access/set-up-link.js';
import { createApp } from '../../src/create-app.js';
import type { Clock } from '../../src/platform/clock.js';
import { EventLog } from '../../src/platform/event-log.js';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';

/** The service as it is on its first start: nobody and nothing is there but the set-up link. */
export interface EmptyService {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly databases: TestDatabases;
  /** Path and query of a fresh set-up link. */
  setUpLink(): Promise<string>;
  stop(): Promise<void>;
}

export async function startEmptyService(clock: Clock): Promise<EmptyService> {
  const databases = await makeDatabases();
  const { records, keys, settings } = databases;
  const app = await createApp({ settings, clock, records, keys, events: new EventLog(() => clock.now(), { write: () => undefined }) });
  await app.listen(0, 'localhost');
  return {
    app,
    databases,
    url: `http://localhost:${(app.getHttpServer().address() as AddressInfo).port}`,
    setUpLink: async () => (await app.get(SetUpLink).renew(''))!,
    stop: async () => {
      await app.close();
      await databases.close();
    },
  };
}
