import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { siteDay } from '../access/site-day.js';
import { AccessTickets } from '../access/tickets.js';
import { UnlockVault } from '../access/unlock-vault.js';
import { PREPARER_LIST, RETENTION_CLASSES, type RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';
import { readDueDays, readPreserved } from '../vault/due-days-stored.js';
import { wipeLives } from '../vault/life-shares.js';
import { Plain } from '../vault/plain.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { displayName, NAME_FIELDS } from './display-name.js';
import type { IntakeRow } from './intake-row.js';
import { IntakeStores } from './intake-stores.js';
import { siteRules } from './site-rules.js';
import { livesOfListed, openedOf } from './opened-of.js';
import type { Stage } from './stage.js';
import { storedForReading } from './stored-intake.js';

const PAGE = 50;

export interface ListedIntake {
  readonly id: string;
  readonly taxYear: number;
  readonly stage: Stage;
  readonly version: number;
  readonly createdDay: Day;
  readonly touchedDay: Day;
  /** The day of destruction of each class that is alive. */
  readonly due: Partial<Record<RetentionClass, Day>>;
  /** A legal hold keeps something of it past its day: that opens for nobody, and is not destroyed. */
  readonly isPreserved: boolean;
  /** For preparers, while the names are alive and not blank. */
  readonly displayName?: Plain<string>;
}

/** How long what these intakes hold lives, by intake. */
interface ListedLives {
  readonly due: ReadonlyMap<string, ListedIntake['due']>;
  readonly preserved: ReadonlyMap<string, readonly RetentionClass[]>;
}

export interface IntakeList {
  readonly intakes: readonly ListedIntake[];
  /** Hand it back for the next page; absent on the last. */
  readonly next?: string;
}

/** The site's intakes, newest first, fifty a page. A page with names is one read in the log. */
@Injectable()
export class ListIntakes {
  constructor(
    private readonly stores: IntakeStores,
    private readonly vaults: UnlockVault,
    private readonly tickets: AccessTickets,
  ) {}

  /** @throws Refusal INVALID_INPUT for a cursor that is not one */
  async run(who: SiteMember, cursor: string | undefined): Promise<IntakeList> {
    const before = cursorValue(cursor);
    if (who.role !== 'preparer') {
      const { rows, today } = await this.page(who, before);
      return this.listed(rows, await this.lives(rows, today), new Map());
    }
    return this.vaults.withVault(who, async (vault) => {
      const { rows, today } = await this.page(who, before);
      return this.named(who, vault, rows, today);
    });
  }

  /** These of the site's intakes as the list shows them, newest first: one read of their names in the log. For preparers. */
  async these(who: SiteMember, ids: readonly string[]): Promise<readonly ListedIntake[]> {
    if (ids.length === 0) return [];
    return this.vaults.withVault(who, async (vault) => {
      const { rows, today } = await this.select(who, 'id = ANY ($2::uuid[])', ids);
      return (await this.named(who, vault, rows, today)).intakes;
    });
  }

  private async named(who: SiteMember, vault: VaultKey, rows: readonly IntakeRow[], today: Day): Promise<IntakeList> {
    const names = rows.length > 0 ? await this.names(who, vault, rows, today) : new Map<string, Plain<string>>();
    return this.listed(rows, await this.lives(rows, today), names);
  }

  private page(who: SiteMember, before: number | undefined): Promise<{ rows: readonly IntakeRow[]; today: Day }> {
    return this.select(who, '($2::bigint IS NULL OR arrival < $2)', before ?? null);
  }

  /** @param condition of ours, on `$2` */
  private select(who: SiteMember, condition: string, value: unknown): Promise<{ rows: readonly IntakeRow[]; today: Day }> {
    return this.stores.records.inSite(who.siteId, async (tx) => {
      const site = await siteRules(tx, who.siteId);
      const rows = await tx.query<IntakeRow>(
        `SELECT * FROM intake WHERE site_id = $1 AND ${condition} ORDER BY arrival DESC LIMIT $3`,
        [who.siteId, value, PAGE + 1],
      );
      return { rows, today: siteDay(site, this.stores.clock.now()) };
    });
  }

  private lives(rows: readonly IntakeRow[], today: Day): Promise<ListedLives> {
    const ids = rows.slice(0, PAGE).map(({ id }) => id);
    return this.stores.keyStore.transaction(async (store) => ({
      due: await readDueDays(store, ids, RETENTION_CLASSES, today),
      preserved: await readPreserved(store, ids, today),
    }));
  }

  private async names(who: SiteMember, vault: VaultKey, all: readonly IntakeRow[], today: Day): Promise<Map<string, Plain<string>>> {
    const ids = all.slice(0, PAGE).map(({ id }) => id);
    const { records, keyStore } = this.stores;
    const lives = await keyStore.transaction((store) => livesOfListed(store, who.siteId, ids, 'identity', today));
    const grounds = { kind: 'intake.listed', intakeIds: ids, classes: ['identity'], fields: NAME_FIELDS, purpose: 'list' } as const;
    const { stored, ticket } = await storedForReading(records, this.tickets, who, grounds);
    const names = new Map<string, Plain<string>>();
    for (const intake of stored) {
      const alive = lives.get(intake.row.id)!;
      if (intake.row.erased_day !== null || alive.get('identity')?.state !== 'alive') continue;
      const opened = openedOf(vault, intake, alive, ticket, NAME_FIELDS);
      const name = opened && displayName(opened);
      if (name) names.set(intake.row.id, new Plain(name));
    }
    wipeLives(...lives.values());
    return names;
  }

  private listed(
    rows: readonly IntakeRow[],
    { due, preserved }: ListedLives,
    names: ReadonlyMap<string, Plain<string>>,
  ): IntakeList {
    const intakes = rows.slice(0, PAGE).map((row) => {
      const name = names.get(row.id);
      return {
        id: row.id,
        taxYear: row.tax_year,
        stage: row.stage,
        version: row.version,
        createdDay: row.created_day,
        touchedDay: row.touched_day,
        due: dueOf(row, due.get(row.id) ?? {}),
        isPreserved: (preserved.get(row.id) ?? []).some((name) => name !== PREPARER_LIST || row.listed_day !== null),
        ...(name ? { displayName: name } : {}),
      };
    });
    return rows.length > PAGE ? { intakes, next: String(rows[PAGE - 1]!.arrival) } : { intakes };
  }
}

function dueOf({ listed_day: listedDay }: IntakeRow, due: ListedIntake['due']): ListedIntake['due'] {
  const { [PREPARER_LIST]: list, ...rest } = due;
  return listedDay === null || list === undefined ? rest : due;
}

function cursorValue(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const value = Number(cursor);
  if (!/^\d{1,15}$/.test(cursor)) throw new Refusal('INVALID_INPUT', 'This is not a page of the list.', { fields: ['cursor'] });
  return value;
}
