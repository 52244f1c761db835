import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { openBucket, type BucketRow } from '../../src/vault/buckets.js';
import { MasterFile, type NumberedMaster } from '../../src/vault/master-file.js';
import { must } from './people.js';
import type { PurgedWorld } from './purged-world.js';
import type { Answer } from './running-service.js';

/** A thief who copies the master file and the key store before every run, and looks afterwards what the copies are good for. */
export class MasterWatch {
  private readonly masters: NumberedMaster[] = [];
  private buckets: readonly BucketRow[] = [];

  constructor(private readonly world: PurgedWorld) {}

  /** Takes the copies. */
  async remember(): Promise<void> {
    this.masters.push(...new MasterFile(this.world.secrets).read());
    this.buckets = await this.readBuckets();
    expect(this.buckets.length).toBeGreaterThan(0);
  }

  /** In every location there is one master and no other, whatever a crash has left: the one that seals the key store. */
  async expectOne(): Promise<void> {
    const [row] = await this.world.databases.keysOwner<{ master: number }>('SELECT master FROM key_store');
    for (const directory of this.world.secrets) {
      expect(new MasterFile([directory]).read().map(({ number }) => number)).toEqual([row!.master]);
    }
    const [master] = new MasterFile(this.world.secrets).read();
    for (const bucket of await this.readBuckets()) expect(openBucket(master!, bucket).key.length).toBe(32);
  }

  /** After a run: no old master is anywhere, and the old key store opens nothing with what is there now. */
  async expectOldDead(): Promise<void> {
    await this.expectOne();
    for (const directory of this.world.secrets) {
      const bytes = readFileSync(join(directory, 'master.key'));
      for (const { key } of this.masters) expect(bytes.includes(Buffer.from(key))).toBe(false);
    }
    const [master] = new MasterFile(this.world.secrets).read();
    for (const bucket of this.buckets) expect(() => openBucket(master!, bucket)).toThrow();
  }

  /** The run has finished and its certificate names no bucket that is there, and the master in force. */
  async certified(run: Answer): Promise<void> {
    expect(run.body.state).toBe('finished');
    const { token } = this.world.administrator;
    const path = `/api/retention/certificates/${run.body.id}`;
    const { body } = must(await this.world.services[0].ask('GET', path, undefined, token), 200);
    const [row] = await this.world.databases.recordsOwner<{ body: string }>('SELECT body FROM destruction_certificate WHERE run_id = $1', [run.body.id]);
    const certificate = JSON.parse(row!.body) as { buckets: { id: string }[]; master: number };
    expect(body).toBeDefined();
    const there = new Set((await this.readBuckets()).map(({ id }) => id));
    expect(certificate.buckets.filter(({ id }) => there.has(id))).toEqual([]);
    const [store] = await this.world.databases.keysOwner<{ master: number; left: number }>(
      'SELECT master, (SELECT count(*)::integer FROM destroyed_bucket WHERE certified_by IS NULL) AS left FROM key_store',
    );
    expect(store).toEqual({ master: certificate.master, left: 0 });
  }

  private readBuckets(): Promise<BucketRow[]> {
    return this.world.databases.keysOwner<BucketRow>('SELECT id, site_id, class, day::text AS day, master, sealed_key FROM bucket');
  }
}
