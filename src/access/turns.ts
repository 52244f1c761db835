import { setTimeout as wait } from 'node:timers/promises';

/** Turns in lines: whoever has to wait goes one at a time, at a fixed distance, however many come at once. */
export class Turns {
  /** By line, when its last turn is. A line that nobody waits in is not kept. */
  private readonly last = new Map<string, number>();

  constructor(
    private readonly everyMs: number,
    private readonly mostWaiting: number,
  ) {}

  /**
   * Waits for a turn after everyone who waits in any of the lines.
   * @returns false, at once and without a turn, when so many wait already
   */
  async take(lines: readonly string[]): Promise<boolean> {
    const now = performance.now();
    const turn = Math.max(now, ...lines.map((line) => this.last.get(line) ?? 0)) + this.everyMs;
    if (turn - now > this.everyMs * this.mostWaiting) return false;
    for (const line of lines) this.last.set(line, turn);
    await wait(turn - now);
    for (const line of lines) if (this.last.get(line) === turn) this.last.delete(line);
    return true;
  }
}
