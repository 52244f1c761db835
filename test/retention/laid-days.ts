import type { IntakeFacts } from '../../src/audit/intake-facts.js';
import type { RetentionClass } from '../../src/catalogue/retention-class.js';
import type { Day } from '../../src/platform/clock.js';
import type { RecordsTx } from '../../src/platform/records-tx.js';
import type { ExpectedLife, ExpectedLives } from '../../src/retention/expected-lives.js';

/** Due days as a test lays them, each class its own: by no policy, so that the run can be shown any mixture. */
export class LaidDays implements ExpectedLives {
  private readonly lives = new Map<string, ExpectedLife>();

  lay(intakeId: string, siteId: string, createdDay: Day, days: ReadonlyMap<RetentionClass, Day>): void {
    this.lives.set(intakeId, { siteId, facts: factsSince(createdDay), days: new Map(days) });
  }

  move(intakeId: string, cls: RetentionClass, to: Day): void {
    const life = this.lives.get(intakeId)!;
    this.lives.set(intakeId, { ...life, days: new Map([...life.days, [cls, to]]) });
  }

  of(_tx: RecordsTx, intakeIds: readonly string[]): Promise<ReadonlyMap<string, ExpectedLife>> {
    return Promise.resolve(new Map(intakeIds.flatMap((id) => (this.lives.has(id) ? [[id, this.lives.get(id)!] as const] : []))));
  }
}

function factsSince(createdDay: Day): IntakeFacts {
  return {
    taxYear: 2026,
    filingYear: 2027,
    createdDay,
    touchedDay: createdDay,
    stage: 'open',
    preparedDay: null,
    acceptedDay: null,
    doneDay: null,
    listedDay: null,
    erasedDay: null,
    consentsGiven: false,
    consentsNamed: false,
  };
}
