import type { TestDatabases } from '../support/test-databases.js';
import type { Person } from './people.js';
import type { RunningService } from './running-service.js';

/** A site in which something dies while a run purges: what those need who look at it before and afterwards. */
export interface PurgedWorld {
  /** On the same databases and secrets directories; the second one lives through everything. */
  readonly services: readonly [RunningService, RunningService];
  readonly secrets: readonly string[];
  readonly databases: Pick<TestDatabases, 'recordsOwner' | 'keysOwner'>;
  readonly administrator: Person;
  readonly preparer: Person;
  moveDays(days: number): void;
}
