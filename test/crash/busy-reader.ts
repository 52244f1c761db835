import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { must, type Person } from './people.js';
import { Died, type RunningService } from './running-service.js';

/** Reads one intake, again and again, from whatever process there is, and counts what it asked for and what it got. */
export class BusyReader {
  private going = true;
  attempts = 0;
  acknowledged = 0;
  private readonly done: Promise<void>;

  private constructor(
    private readonly service: () => RunningService,
    private readonly who: Person,
    readonly intake: string,
  ) {
    this.done = this.work();
    this.done.catch(() => undefined); // told by stop()
  }

  static async on(service: () => RunningService, who: Person): Promise<BusyReader> {
    const answers = { contact: { email: 'robin@example.org' } };
    const made = must(await service().ask('POST', '/api/intakes', { taxYear: 2026, answers }, who.token), 201);
    return new BusyReader(service, who, made.body.id);
  }

  /** Until it has been answered once more. */
  async readsAgain(): Promise<void> {
    for (const before = this.acknowledged; this.acknowledged === before; ) await Promise.race([sleep(10), this.done]);
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.done;
  }

  private async work(): Promise<void> {
    while (this.going) {
      try {
        this.attempts += 1;
        const { status, body } = await this.service().ask('GET', `/api/intakes/${this.intake}?fields=contact`, undefined, this.who.token);
        if (status === 200) {
          expect(body.answers.contact.email).toBe('robin@example.org');
          this.acknowledged += 1;
        } else {
          expect([status, body.code]).toEqual([503, 'NOT_READY']);
          await sleep(20);
        }
      } catch (error) {
        if (!(error instanceof Died)) throw error;
        await sleep(20); // another process takes its place
      }
    }
  }
}
