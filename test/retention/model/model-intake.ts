import type { Day } from '../../../src/platform/clock.js';
import type { Oracle } from './oracle.js';

/** An intake in the service, and what must be true of it. */
export interface ModelIntake {
  readonly id: string;
  readonly taxYear: number;
  readonly created: Day;
  version: number;
  readonly oracle: Oracle;
}
