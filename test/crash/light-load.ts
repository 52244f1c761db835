import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { CrashWorld } from './crash-world.js';
import { must } from './people.js';

/** Somebody who goes on working on the process beside the one that dies: every answer must be a good one, and the right one. */
export class LightLoad {
  private going = true;
  private requests = 0;
  private readonly done: Promise<void>;

  private constructor(
    private readonly world: CrashWorld,
    private readonly id: string,
  ) {
    this.done = this.work();
    this.done.catch(() => undefined); // told by stop()
  }

  static async on(world: CrashWorld): Promise<LightLoad> {
    const made = must(await world.survivor.ask('POST', '/api/intakes', { taxYear: 2026 }, world.preparer.token), 201);
    return new LightLoad(world, made.body.id);
  }

  /** @throws what went wrong on the way */
  async stop(): Promise<void> {
    this.going = false;
    await this.done;
    expect(this.requests).toBeGreaterThan(4);
  }

  private async work(): Promise<void> {
    const { survivor, preparer } = this.world;
    for (let version = 1; this.going; version++) {
      const contact = { email: `version${version + 1}@example.org` };
      const saved = must(await survivor.ask('PATCH', `/api/intakes/${this.id}`, { version, answers: { contact } }, preparer.token), 200);
      expect(saved.body.version).toBe(version + 1);
      const read = must(await survivor.ask('GET', `/api/intakes/${this.id}?fields=contact`, undefined, preparer.token), 200);
      expect(read.body).toMatchObject({ version: version + 1, answers: { contact } });
      this.requests += 2;
      await sleep(100);
    }
  }
}
