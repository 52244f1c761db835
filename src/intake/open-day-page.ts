import { Injectable } from '@nestjs/common';
import { siteDay } from '../access/site-day.js';
import type { SiteMember } from '../access/signed-in.js';
import { AccessTickets } from '../access/tickets.js';
import { UnlockVault } from '../access/unlock-vault.js';
import type { Answers } from '../catalogue/answers.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import { wipeLives, type Life, type Lives } from '../vault/life-shares.js';
import { Plain } from '../vault/plain.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { cursorOf, dayCursor, type DayCursor } from './day-cursor.js';
import type { IntakeRow } from './intake-row.js';
import { IntakeStores } from './intake-stores.js';
import { opens } from './life-of-classes.js';
import { livesOfListed, openedOf } from './opened-of.js';
import { storedForReading } from './stored-intake.js';

const PAGE = 50;

/** Intakes in the order of one of their days, and what of each is opened. */
export interface DayList<A> {
  readonly day: 'created_day' | 'listed_day';
  /** SQL of ours: which intakes of the site, by parameters that begin with `$5`. */
  readonly where: string;
  readonly parameters: readonly unknown[];
  readonly class: RetentionClass;
  /** Of that class. */
  readonly fields: readonly string[];
  readonly of: (answers: Answers) => A | undefined;
}

export interface ListedRow extends Pick<IntakeRow, 'id' | 'tax_year' | 'erased_day' | 'arrival'> {
  readonly day: Day;
}

/** One intake of a page, and how what is listed of it stands. */
export interface OpenedRow<A> {
  readonly row: ListedRow;
  /** A legal hold keeps it past its day: it opens for nobody. */
  readonly isPreserved: boolean;
  /** Its day of destruction, while it is alive. */
  readonly dueDay?: Day;
  /** Absent also where what is stored is not what was written: opening the intake says why. */
  readonly opened?: Plain<A>;
}

export interface DayPage<A> {
  readonly rows: readonly OpenedRow<A>[];
  /** Hand it back for the next page; absent on the last. */
  readonly next?: string;
}

/** Opens one class of fifty intakes at a time, oldest first: what a site has to show, to be printed. Each page is one read in the log. */
@Injectable()
export class OpenDayPage {
  constructor(
    private readonly stores: IntakeStores,
    private readonly vaults: UnlockVault,
    private readonly tickets: AccessTickets,
  ) {}

  /** What is past its day is left out. @throws Refusal INVALID_INPUT for a cursor that is not one, LOG_STALLED */
  async run<A>(who: SiteMember, list: DayList<A>, cursor?: string): Promise<DayPage<A>> {
    const after = dayCursor(cursor);
    return this.vaults.withVault(who, async (vault) => {
      const found = await this.rows(who, list, after);
      const page = found.slice(0, PAGE);
      const rows = page.length > 0 ? await this.opened(who, vault, page, list) : [];
      const last = page.at(-1);
      return found.length > PAGE && last ? { rows, next: cursorOf(last) } : { rows };
    });
  }

  private rows(who: SiteMember, { day, where, parameters }: DayList<unknown>, after: DayCursor | undefined): Promise<readonly ListedRow[]> {
    return this.stores.records.inSite(who.siteId, (tx) =>
      tx.query<ListedRow>(
        `SELECT id, tax_year, erased_day, arrival, ${day} AS day FROM intake WHERE site_id = $1 AND ${where}
           AND ($2::date IS NULL OR (${day}, arrival) > ($2::date, $3::bigint))
         ORDER BY ${day}, arrival LIMIT $4`,
        [who.siteId, after?.day ?? null, after?.arrival ?? null, PAGE + 1, ...parameters],
      ),
    );
  }

  private async opened<A>(who: SiteMember, vault: VaultKey, rows: readonly ListedRow[], list: DayList<A>): Promise<readonly OpenedRow<A>[]> {
    const { keyStore, clock } = this.stores;
    const today = siteDay(who, clock.now());
    const lives = await keyStore.transaction((store) => livesOfListed(store, who.siteId, rows.map(({ id }) => id), list.class, today));
    const lifeOf = ({ id }: ListedRow) => lives.get(id)!.get(list.class);
    const isAlive = (row: ListedRow) => isOpen(row, list.class, lifeOf(row));
    try {
      const answers = await this.answers(who, vault, rows.filter(isAlive).map(({ id }) => id), lives, list);
      return rows.flatMap((row) => {
        const life = lifeOf(row);
        if (life !== undefined && life.state !== 'held' && !isAlive(row)) return [];
        const opened = answers.get(row.id);
        return [{ row, isPreserved: life?.state === 'held', ...(life?.state === 'alive' && { dueDay: life.dueDay }), ...(opened && { opened }) }];
      });
    } finally {
      wipeLives(...lives.values());
    }
  }

  private async answers<A>(who: SiteMember, vault: VaultKey, intakeIds: readonly string[], lives: ReadonlyMap<string, Lives>, list: DayList<A>): Promise<ReadonlyMap<string, Plain<A>>> {
    if (intakeIds.length === 0) return new Map();
    const grounds = { kind: 'answers.read', intakeIds, classes: [list.class], fields: list.fields, purpose: 'print' } as const;
    const { stored, ticket } = await storedForReading(this.stores.records, this.tickets, who, grounds);
    return new Map(
      stored.flatMap((intake) => {
        const answers = openedOf(vault, intake, lives.get(intake.row.id)!, ticket, list.fields);
        const part = answers && list.of(answers);
        return part === undefined ? [] : [[intake.row.id, new Plain(part)] as const];
      }),
    );
  }
}

function isOpen(row: ListedRow, name: RetentionClass, life: Life | undefined): boolean {
  return life !== undefined && opens(row, name, life);
}
