import type { OperatorWarning } from './operator-warning.js';

/** More than a slow answer explains. A run destroys by the earliest clock, so that a difference delays and never hurries it. */
const TOLERANCE_MS = 60_000;

export interface ClockReading {
  readonly database: 'records' | 'keys';
  readonly said: Date;
  /** This process, before it asked and after it was answered. */
  readonly asked: Date;
  readonly answered: Date;
}

export function clockWarnings(readings: readonly ClockReading[]): readonly OperatorWarning[] {
  return readings.flatMap(({ database, said, asked, answered }) => {
    const ahead = said.getTime() - answered.getTime();
    const behind = asked.getTime() - said.getTime();
    const off = Math.max(ahead, behind);
    return off > TOLERANCE_MS ? [{ kind: 'clocks-differ', severity: 'serious', database, seconds: Math.round(off / 1000) } as const] : [];
  });
}
