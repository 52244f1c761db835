import { Clock } from '../../src/platform/clock.js';

/** A clock that a test moves by hand; between moves it ticks. */
export class TestClock extends Clock {
  private moved = 0;

  constructor(start: Date) {
    super(start.getTime() - Date.now(), true);
  }

  override now(): Date {
    return new Date(super.now().getTime() + this.moved);
  }

  advanceDays(days: number): void {
    this.moved += days * 86_400_000;
  }

  /** It goes on from this instant, also when that is earlier. */
  setTo(instant: Date): void {
    this.moved += instant.getTime() - this.now().getTime();
  }
}
