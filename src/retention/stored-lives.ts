import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { KeyStore } from '../vault/key-store.js';

/** What the key store has of one living intake. A share whose key is gone already is left out: nothing can happen to it. */
export interface StoredLife {
  readonly intakeId: string;
  readonly shares: readonly StoredShare[];
}

export interface StoredShare {
  readonly class: RetentionClass;
  readonly siteId: string;
  readonly taxYear: number;
  readonly createdDay: Day;
  readonly dueDay: Day;
  /** Of the bucket that it lies in: a share is put into that of its due day, and stays until a run moves it. */
  readonly bucketDay: Day;
}

const SHARES = `
  SELECT s.intake_id, s.class, s.site_id AS "siteId", s.tax_year AS "taxYear", s.created_day AS "createdDay", s.due_day AS "dueDay", b.day AS "bucketDay"
  FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.intake_id = ANY ($1::uuid[])`;

type Row = StoredShare & { readonly intake_id: string };

/** The living of these intakes. */
export async function storedLives({ database }: KeyStore, intakeIds: readonly string[]): Promise<readonly StoredLife[]> {
  const lives = new Map<string, StoredShare[]>();
  for (const { intake_id, ...share } of await database.query<Row>(SHARES, [intakeIds])) {
    const shares = lives.get(intake_id);
    if (shares) shares.push(share);
    else lives.set(intake_id, [share]);
  }
  return [...lives].map(([intakeId, shares]) => ({ intakeId, shares }));
}

const FIRST = '00000000-0000-0000-0000-000000000000';

/** The ids of all intakes that the key store knows, in their order, so many at most at once. */
export async function* storedIntakes({ database }: KeyStore, most: number): AsyncGenerator<readonly string[]> {
  for (let after: string | undefined = FIRST; ; ) {
    const rows: readonly { readonly intake_id: string }[] = await database.query<{ intake_id: string }>(
      'SELECT DISTINCT intake_id FROM life_share WHERE intake_id > $1 ORDER BY intake_id LIMIT $2',
      [after, most],
    );
    after = rows.at(-1)?.intake_id;
    if (after === undefined) return;
    yield rows.map((row) => row.intake_id);
  }
}
