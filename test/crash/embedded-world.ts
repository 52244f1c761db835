import { readFileSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseUrls } from '../../src/platform/settings.js';
import { join, invite, setUp, type Person } from './people.js';
import { LoadedService, type RunningService } from './running-service.js';

export type ClusterName = 'records' | 'keys';

/** One service on embedded servers of its own, in a data directory, as `npm start` has it. */
export class EmbeddedWorld {
  service: RunningService;
  preparer: Person;

  private constructor(readonly data: string) {}

  static async founded(data: string): Promise<EmbeddedWorld> {
    const world = new EmbeddedWorld(data);
    await world.start();
    const administrator = await setUp(world.service);
    const { email, token } = await invite(world.service, administrator, 'preparer', 'robin@example.org');
    world.preparer = await join(world.service, email, token);
    return world;
  }

  /** As after a crash: with nothing done by hand. */
  async start(): Promise<void> {
    const settings = { dataDirectory: this.data, secretsDirectories: [pathOf(this.data, 'secrets')], port: 0 };
    this.service = await new LoadedService().start({ settings });
  }

  serverPid(name: ClusterName): number {
    return Number(readFileSync(pathOf(this.data, name, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  get urls(): Record<ClusterName, DatabaseUrls> {
    const { ports } = JSON.parse(readFileSync(pathOf(this.data, 'owner.json'), 'utf8')) as { ports: Record<ClusterName, number> };
    const of = (name: ClusterName): DatabaseUrls => {
      const passwords = JSON.parse(readFileSync(pathOf(this.data, 'secrets', `${name}-passwords.json`), 'utf8')) as DatabaseUrls;
      const url = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${ports[name]}/thinfile_${name}`;
      return { service: url('thinfile', passwords.service), owner: url('thinfile_owner', passwords.owner) };
    };
    return { records: of('records'), keys: of('keys') };
  }

  /** What its event log says of a kind, in order: the database each line is about. */
  said(event: string): readonly string[] {
    const lines = this.service.process.printed.split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as { event: string; database: string }).flatMap((line) => (line.event === event ? [line.database] : []));
  }

  async untilReady(): Promise<void> {
    while ((await this.service.ask('GET', '/readyz')).status !== 200) await sleep(100);
  }

  close(): Promise<void> {
    return this.service.process.end('SIGTERM');
  }
}
