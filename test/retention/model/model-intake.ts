import type { AskedClass, Oracle } from './oracle.js';

/** An intake in the service, and what must be true of it. */
export interface ModelIntake {
  readonly id: string;
  version: number;
  readonly oracle: Oracle;
}

export interface ModelHold {
  readonly id: string;
  readonly covers: (intake: ModelIntake, cls: AskedClass) => boolean;
}
