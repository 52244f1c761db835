import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { must, type Person } from './people.js';
import { Died, type RunningService } from './running-service.js';

/** Saves as fast as it is answered, reads what it saved, and takes no for an answer only where the service says 503. */
export class BusyWriter {
  private going = true;
  private acknowledged = 1;
  private refused = 0;
  private readonly done: Promise<void>;

  private constructor(
    private readonly service: RunningService,
    private readonly who: Person,
    private readonly id: string,
  ) {
    this.done = this.work();
    this.done.catch(() => undefined); // told by stop()
  }

  static async on(service: RunningService, who: Person): Promise<BusyWriter> {
    const made = must(await service.ask('POST', '/api/intakes', { taxYear: 2026, answers: answersOf(1) }, who.token), 201);
    return new BusyWriter(service, who, made.body.id);
  }

  /** A few times, so that the next thing comes upon somebody at work. */
  async hasSaved(): Promise<void> {
    while (this.acknowledged < 4) await Promise.race([sleep(20), this.done]);
  }

  /** Until it has been saving for a second without a refusal: a server that goes down has sessions that last a moment longer. */
  async savesAgain(): Promise<void> {
    for (let before = -1, refused = -1; this.acknowledged <= before || this.refused !== refused; ) {
      [before, refused] = [this.acknowledged, this.refused];
      await Promise.race([sleep(1000), this.done]);
    }
  }

  async wasRefusedOnce(): Promise<void> {
    while (this.refused === 0) await Promise.race([sleep(20), this.done]);
  }

  /**
   * Nothing acknowledged is lost, and of what was not answered there is all or nothing.
   * @returns how many requests were refused on the way
   */
  async stop(on = this.service): Promise<number> {
    this.going = false;
    await this.done;
    const version = await this.read(on);
    expect([this.acknowledged, this.acknowledged + 1]).toContain(version);
    must(await on.ask('PATCH', `/api/intakes/${this.id}`, { version, answers: answersOf(version + 1) }, this.who.token), 200);
    expect(await this.read(on)).toBe(version + 1);
    return this.refused;
  }

  private async work(): Promise<void> {
    while (this.going) {
      const answers = answersOf(this.acknowledged + 1);
      try {
        const path = `/api/intakes/${this.id}`;
        const saved = await this.service.ask('PATCH', path, { version: this.acknowledged, answers }, this.who.token);
        if (saved.status === 200) this.acknowledged += 1;
        else if (saved.status === 409) await this.wasSavedAfterAll();
        else await this.wasRefused(saved);
      } catch (error) {
        if (error instanceof Died) return;
        throw error;
      }
    }
  }

  /** Where an answer was lost on the way. */
  private async wasSavedAfterAll(): Promise<void> {
    const version = await this.read(this.service);
    expect(version).toBe(this.acknowledged + 1);
    this.acknowledged = version;
  }

  private async wasRefused({ status, body }: { status: number; body: { code: string } }): Promise<void> {
    expect([status, body.code]).toEqual([503, 'NOT_READY']);
    this.refused += 1;
    await sleep(20);
  }

  /** @returns the version, whose answers are its own */
  private async read(service: RunningService): Promise<number> {
    const { body } = must(await service.ask('GET', `/api/intakes/${this.id}?fields=contact,address`, undefined, this.who.token), 200);
    expect(body.answers).toEqual(answersOf(body.version));
    return body.version;
  }
}

function answersOf(version: number): object {
  return { contact: { email: `version${version}@example.org` }, address: { street: `${version} Sample Street` } };
}
