import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { siteDay } from '../access/site-day.js';
import { AccessTickets, type ReadGrounds } from '../access/tickets.js';
import { UnlockVault } from '../access/unlock-vault.js';
import type { ReadPurpose } from '../audit/entry-parts.js';
import type { Answers } from '../catalogue/answers.js';
import { catalogue } from '../catalogue/catalogue.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import { selectFields } from '../catalogue/select-fields.js';
import { wipe } from '../crypto/bytes.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { Lives } from '../vault/life-shares.js';
import type { Plain } from '../vault/plain.js';
import { unwrapIntakeKey } from '../vault/vault-wraps.js';
import { expectedDays } from './expected-days.js';
import { intakeNotFound, type IntakeRow } from './intake-row.js';
import { IntakeStores } from './intake-stores.js';
import { destroyedDays, existing, mustLive, opens, type DestroyedDays } from './life-of-classes.js';
import { openAnswers } from './open-answers.js';
import type { Stage } from './stage.js';
import { fetchForReading } from './stored-intake.js';

export interface ReadAnswers {
  readonly id: string;
  readonly taxYear: number;
  readonly version: number;
  readonly stage: Stage;
  readonly answers: Plain<Answers>;
  /** The asked classes that are gone, each with the day it went. */
  readonly destroyed: DestroyedDays;
  /** The asked classes that a legal hold keeps past their day, each with that day: they open for nobody. */
  readonly preserved: Partial<Record<RetentionClass, Day>>;
  /** The day of destruction of each asked class that is alive. */
  readonly due: Partial<Record<RetentionClass, Day>>;
}

/**
 * Reads answers: the log entry is committed first, then the cells that were asked for are opened, and no others.
 */
@Injectable()
export class ReadIntake {
  constructor(
    private readonly stores: IntakeStores,
    private readonly vaults: UnlockVault,
    private readonly tickets: AccessTickets,
  ) {}

  /**
   * @param fields dotted names or groups; absent = what a preparer works from, credentials never
   * @throws Refusal UNKNOWN_FIELDS, NOT_FOUND, DESTROYED, PRESERVED, SECTION_NOT_AUTHENTIC
   */
  async run(who: SiteMember, id: string, fields: readonly string[] | undefined, purpose: ReadPurpose): Promise<ReadAnswers> {
    const { classes, paths } = selectFields(fields);
    const today = siteDay(who, this.stores.clock.now());
    return this.vaults.withVaultAndLife(who, { siteId: who.siteId, intakeIds: [id], classes, today }, async (vault, all) => {
      const asked = all.get(id)!;
      const grounds = { kind: 'answers.read', intakeIds: [id], classes, fields: paths, purpose } as const;
      const { stored, destroyed } = await this.stores.records.inSite(who.siteId, async (tx) => {
        const [stored] = await fetchForReading(tx, this.tickets, grounds);
        if (!stored) throw await intakeNotFound(tx, id);
        return { stored, destroyed: await this.destroyed(tx, stored.row, existing(stored.row, asked)) };
      });
      const { row } = stored;
      const lives = new Map([...existing(row, asked)].filter(([name, life]) => life.state !== 'alive' || opens(row, name, life)));
      const ticket = await this.tickets.forReading(who, { ...grounds, ...stillOpening(grounds, existing(row, asked), lives) });
      const intakeKey = unwrapIntakeKey(vault, id, row.wrapped_key);
      try {
        const answers = openAnswers(ticket, { ...stored, intakeKey, lives }, paths);
        const days = { due: daysOf(lives, 'alive'), preserved: daysOf(lives, 'held') };
        return { id, taxYear: row.tax_year, version: row.version, stage: row.stage, answers, destroyed, ...days };
      } finally {
        wipe(intakeKey);
      }
    });
  }

  /**
   * The classes that are gone, with their days. A refusal comes before the log entry: nothing was read.
   * @throws Refusal DESTROYED, PRESERVED when nothing is left of what was asked for
   */
  private async destroyed(tx: RecordsTx, row: IntakeRow, lives: Lives): Promise<DestroyedDays> {
    if (row.erased_day === null && [...lives.values()].every(({ state }) => state === 'alive')) return {};
    const expected = await expectedDays(tx, row);
    mustLive(row, lives, expected);
    return destroyedDays(row, lives, expected);
  }
}

/** Without what is past its day: asked for, it is opened for nobody, and the log is not to say that somebody read it. */
function stillOpening({ classes, fields }: Pick<ReadGrounds, 'classes' | 'fields'>, asked: Lives, lives: Lives): Pick<ReadGrounds, 'classes' | 'fields'> {
  const opening = new Set(classes.filter((name) => !asked.has(name) || lives.get(name)?.state === 'alive'));
  if (opening.size === classes.length) return { classes, fields };
  return { classes: [...opening], fields: fields.filter((path) => opening.has(catalogue.byPath(path)!.class)) };
}

function daysOf(lives: Lives, state: 'alive' | 'held'): Partial<Record<RetentionClass, Day>> {
  return Object.fromEntries([...lives].flatMap(([name, life]) => (life.state === state ? [[name, life.dueDay]] : [])));
}
