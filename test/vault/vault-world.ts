import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RETENTION_CLASSES, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { randomBytes } from '../../src/crypto/random.js';
import { day, type Day } from '../../src/platform/clock.js';
import { connect } from '../../src/platform/open-databases.js';
import { openBucket, type Bucket, type BucketRow } from '../../src/vault/buckets.js';
import { findByTerms, findUnderLock, type Candidates, type TermsAsked } from '../../src/vault/find-by-terms.js';
import type { HalfRow, HalvesKeyRow } from '../../src/vault/halves.js';
import { initialiseKeyStore } from '../../src/vault/initialise-key-store.js';
import { KeyStore, type OpenKeyStore } from '../../src/vault/key-store.js';
import { createShares, readShares, type Life } from '../../src/vault/life-shares.js';
import { addLookups } from '../../src/vault/lookup-rows.js';
import { lookupTerm } from '../../src/vault/lookup-tags.js';
import { MasterFile, type NumberedMaster } from '../../src/vault/master-file.js';
import { readLife } from '../../src/vault/read-life.js';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';

export const TODAY = day('2027-03-10');
export const LATER = day('2027-06-30');
export const LOOKUP_CLASSES = ['contact', 'identity', 'credentials'] as const satisfies readonly RetentionClass[];

export interface Planted {
  readonly siteId: string;
  readonly intakeId: string;
  readonly term: Uint8Array;
  readonly shares: ReadonlyMap<RetentionClass, Uint8Array>;
}

/** All of a key store that a master opens, as a backup would have it. */
export interface Copy {
  readonly buckets: readonly BucketRow[];
  readonly halvesKey: HalvesKeyRow;
  readonly halves: readonly HalfRow[];
}

/** A key store on a real database, with its master file in two locations. */
export class VaultWorld {
  readonly #closers: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly databases: TestDatabases,
    readonly directories: readonly [string, string],
    readonly masterFile: MasterFile,
    readonly keyStore: KeyStore,
  ) {}

  static async make(): Promise<VaultWorld> {
    const world = await VaultWorld.empty();
    await initialiseKeyStore(world.keyStore);
    return world;
  }

  /** Before the first start: no master file, no rows. */
  static async empty(): Promise<VaultWorld> {
    const databases = await makeDatabases();
    const root = mkdtempSync(join(databases.settings.dataDirectory, 'locations-'));
    const directories = [join(root, 'one'), join(root, 'two')] as const;
    const masterFile = new MasterFile(directories);
    return new VaultWorld(databases, directories, masterFile, new KeyStore(databases.keys, masterFile));
  }

  /** Another process of the service: connections of its own, the same files. */
  async anotherProcess(): Promise<KeyStore> {
    const opened = await connect(this.databases.urls, 5);
    this.#closers.push(() => opened.records.close(), () => opened.keys.close());
    return new KeyStore(opened.keys, new MasterFile(this.directories));
  }

  /** As before the first start once more. */
  async forgetEverything(): Promise<void> {
    await this.databases.keysOwner('TRUNCATE key_store, halves_key, half, bucket, bucket_ring, life_share, lookup');
    for (const directory of this.directories) rmSync(directory, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close();
    await this.databases.close();
  }

  /** A new intake with a share for each class and a lookup row for each of three. */
  async plant(due: Partial<Record<RetentionClass, Day>> = {}, siteId: string = randomUUID(), keyStore = this.keyStore): Promise<Planted> {
    const intakeId = randomUUID();
    const term = lookupTerm(randomBytes(32), 'phone', '2025550100');
    const days = new Map(RETENTION_CLASSES.map((cls) => [cls, due[cls] ?? LATER]));
    return keyStore.transaction(async (store) => {
      const lives = await createShares(store, { siteId, intakeId, taxYear: 2026, createdDay: TODAY }, days);
      await addLookups(store, { intakeId, version: 1 }, LOOKUP_CLASSES.map((cls, slot) => ({ slot, class: cls, term })), lives);
      const shares = new Map([...lives].map(([cls, life]) => [cls, aliveOf(life).share.slice()]));
      return { siteId, intakeId, term, shares };
    });
  }

  /** How one class stands. */
  async life(planted: Planted, cls: RetentionClass, today: Day = TODAY, keyStore = this.keyStore): Promise<Life> {
    return keyStore.transaction((store) => lifeIn(store, planted, cls, today));
  }

  /** All shares are those that were planted. */
  async opens(planted: Planted, keyStore = this.keyStore): Promise<boolean> {
    const lives = await keyStore.transaction((store) => readShares(store, planted.siteId, [planted.intakeId], RETENTION_CLASSES, TODAY));
    return [...lives.get(planted.intakeId)!].every(([cls, life]) => life.state === 'alive' && sameBytes(life.share, planted.shares.get(cls)!));
  }

  async hold(scope: Record<string, unknown> = {}): Promise<string> {
    const id = randomUUID();
    const names = Object.keys(scope);
    await this.databases.keysOwner(
      `INSERT INTO hold (${['id', 'placed_at', ...names].join(', ')}) VALUES ($1, now()${names.map((_, i) => `, $${i + 2}`).join('')})`,
      [id, ...Object.values(scope)],
    );
    return id;
  }

  async copy(): Promise<Copy> {
    const { keysOwner } = this.databases;
    return {
      buckets: await keysOwner<BucketRow>('SELECT id, site_id, class, day, master, sealed_key FROM bucket ORDER BY id'),
      halvesKey: (await keysOwner<HalvesKeyRow>('SELECT id, master, sealed FROM halves_key'))[0]!,
      halves: await keysOwner<HalfRow>('SELECT id, member_id, kind, sealed FROM half ORDER BY id'),
    };
  }

  /** The master in force, as a thief of both the files and the key store has it. */
  async master(): Promise<NumberedMaster> {
    const [row] = await this.databases.keysOwner<{ master: number }>('SELECT master FROM key_store');
    return this.masterFile.read().find(({ number }) => number === row!.master)!;
  }

  /** Bucket keys by bucket, in hex. */
  async bucketKeys(): Promise<ReadonlyMap<string, string>> {
    const master = await this.master();
    return new Map((await this.copy()).buckets.map((row) => [row.id, Buffer.from(openBucket(master, row).key).toString('hex')]));
  }
}

export async function lifeIn(store: OpenKeyStore, planted: Pick<Planted, 'siteId' | 'intakeId'>, cls: RetentionClass, today: Day = TODAY): Promise<Life> {
  const lives = await readShares(store, planted.siteId, [planted.intakeId], [cls], today);
  return lives.get(planted.intakeId)!.get(cls)!;
}

export function aliveOf(life: Life): { readonly share: Uint8Array; readonly bucket: Bucket; readonly dueDay: Day } {
  if (life.state !== 'alive') throw new Error(`it is ${life.state}`);
  return life;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(b);
}

/** The code of a refusal or of the database, after the promise has been refused. */
export async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(() => undefined, (error: { code?: string }) => error.code ?? String(error));
}

/** The intakes that a search finds by one term, asked in a transaction of the caller's. */
export async function findByTerm(store: OpenKeyStore, siteId: string, cls: RetentionClass, term: Uint8Array, today: Day): Promise<readonly string[]> {
  return [...(await findUnderLock(store, { siteId, class: cls, terms: [term], today })).keys()];
}

/** A search as a request makes it, without the lock of the key store: the ring comes first, with whatever else it asks. */
export async function search(keyStore: KeyStore, asked: TermsAsked): Promise<Candidates> {
  const { ring } = await readLife(keyStore, { memberId: randomUUID(), halves: [], ring: asked });
  return findByTerms(keyStore, ring!, asked);
}
