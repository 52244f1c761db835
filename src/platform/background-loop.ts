const LONGEST_WAIT_MS = 30_000;
/** Of the time between two passes: others have a turn too. */
const SHORTEST_REST = 0.1;

/**
 * Does one thing over and over in the background, so often whatever it takes, and never twice at once: after a pass that took longer the next
 * one comes after a short rest. After a failure it waits twice as long as before, but half a minute at the most, and goes on: a database
 * that restarts is met again. Does not keep the process alive.
 */
export class BackgroundLoop {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;
  private failures = 0;

  constructor(
    private readonly everyMs: number,
    private readonly pass: () => Promise<unknown>,
    /** Called at the first failure of a row, not for each. Must not throw. */
    private readonly onFailure: (error: unknown) => void,
  ) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.schedule();
  }

  /** Resolves when the pass under way has ended; after that there is none. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(tookMs = 0): void {
    if (this.stopped) return;
    const rest = Math.max(this.everyMs - tookMs, this.everyMs * SHORTEST_REST);
    const wait = this.failures === 0 ? rest : Math.min(this.everyMs * 2 ** this.failures, LONGEST_WAIT_MS);
    this.timer = setTimeout(() => {
      this.running = this.once();
    }, wait).unref();
  }

  private async once(): Promise<void> {
    const began = performance.now();
    try {
      await this.pass();
      this.failures = 0;
    } catch (error) {
      if (this.failures === 0) this.onFailure(error);
      this.failures = Math.min(this.failures + 1, 20);
    }
    this.schedule(performance.now() - began);
  }
}
