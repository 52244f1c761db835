import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { keysMigrations } from '../migrations/keys/all.js';
import { recordsMigrations } from '../migrations/records/all.js';
import { createApp } from './create-app.js';
import type { Clock } from './platform/clock.js';
import { EventLog } from './platform/event-log.js';
import { openDatabases } from './platform/open-databases.js';
import type { Settings } from './platform/settings.js';

export interface RunningService {
  readonly app: NestFastifyApplication;
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts everything: databases, schemas, key store, web server. A failure on the way stops what was started. */
export async function startService(settings: Settings, clock: Clock, events = new EventLog(() => clock.now())): Promise<RunningService> {
  const { records, keys, close } = await openDatabases(settings, {
    migrations: { records: recordsMigrations, keys: keysMigrations },
    events,
  });
  try {
    const app = await createApp({ settings, clock, records, keys, events });
    await app.listen(settings.port, settings.host);
    const { port } = app.getHttpServer().address() as AddressInfo;
    events.say({ event: 'listening', port });
    return {
      app,
      url: settings.origin ?? `http://${settings.host}:${port}`,
      stop: async () => {
        events.say({ event: 'stopping' });
        await app.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
