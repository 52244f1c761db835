import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { LogFault } from '../../audit/log-fault.js';
import type { Frontier } from '../../audit/merkle.js';
import { SignerStateFile } from '../../audit/signer-state.js';
import { BackgroundLoop } from '../../platform/background-loop.js';
import type { Clock } from '../../platform/clock.js';
import { faultOf, type EventLog } from '../../platform/event-log.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { KeyStore } from '../key-store.js';
import { compareRecords, type Comparison } from './compare-records.js';
import type { NoteRestored } from './note-restored.js';
import { hasOlderIntakes } from './older-intakes.js';
import { recallRecords, rememberRecords, type RecordsMemory } from './records-memory.js';
import { readRecordsState } from './records-state.js';
import { deleteRestored } from './restored-records.js';
import type { RestoredMode } from './restored-mode.js';

/** One small commit in the key store this often, and only when the log has grown. What is younger, the signer's file knows. */
const EVERY_MS = 15_000;

export interface WatchedStores {
  readonly records: RecordsDatabase;
  readonly keyStore: KeyStore;
  readonly secretsDirectory: string;
  readonly clock: Clock;
}

/**
 * Lets the key store remember the records, and finds out when they are not the ones it remembers: at the start, before
 * anything is served, and while the service runs, since a database can be brought back under it.
 */
export class WatchRecords implements OnModuleInit, OnApplicationShutdown {
  private readonly loop: BackgroundLoop;

  constructor(
    private readonly stores: WatchedStores,
    private readonly mode: RestoredMode,
    private readonly note: NoteRestored,
    private readonly events: EventLog,
  ) {
    this.loop = new BackgroundLoop(
      EVERY_MS,
      () => this.look(),
      (error) => events.warn({ event: 'watch.failed', fault: faultOf(error) }),
    );
  }

  async onModuleInit(): Promise<void> {
    await this.look('start');
    this.loop.start();
  }

  /** So that the next start knows how this one left them. A database that is gone by now is found by its last memory. */
  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    await this.look().catch(() => undefined);
  }

  /** Compares, and remembers what goes on from what is known. Of records in doubt nothing is remembered. */
  async look(when?: 'start'): Promise<void> {
    const { records, keyStore, clock } = this.stores;
    const found = await this.mode.read();
    if (found && when !== 'start') return;
    const memory = await keyStore.database.transaction(recallRecords);
    if (!memory) {
      const state = await records.acrossSites(readRecordsState);
      await keyStore.database.transaction((tx) => rememberRecords(tx, state, clock.now()));
      return;
    }
    const signed = this.signedLast();
    const comparison = await this.compare(memory, signed, when === 'start');
    if (comparison.difference) await this.begin(comparison, memory, signed);
    else if (found) await this.end();
    else await this.remember(comparison, memory);
  }

  private async compare(memory: RecordsMemory, signed: Frontier | undefined, whole: boolean): Promise<Comparison> {
    const { records, keyStore } = this.stores;
    const comparison = await records.acrossSites((tx) => compareRecords(tx, memory, signed, whole));
    if (comparison.difference || !whole || !(await hasOlderIntakes(keyStore.database, records))) return comparison;
    return { ...comparison, difference: 'intakes-older' };
  }

  private async begin({ state, difference }: Comparison, memory: RecordsMemory, signed: Frontier | undefined): Promise<void> {
    if (await this.mode.read()) return;
    const knownSize = Math.max(memory.tree.size, signed?.size ?? 0);
    await this.note.found({ difference: difference!, size: state.tree.size, knownSize }, memory);
    await this.mode.read();
    this.events.warn({ event: 'records.restored', difference: difference! });
  }

  /** Whoever brought back the wrong records by mistake, and now the right ones again, has restored nothing. */
  private async end(): Promise<void> {
    await this.stores.keyStore.database.transaction(deleteRestored);
    await this.mode.read();
  }

  private async remember({ state }: Comparison, memory: RecordsMemory): Promise<void> {
    if (state.tree.size === memory.tree.size && state.readers.equals(memory.readers)) return;
    await this.stores.keyStore.database.transaction((tx) => rememberRecords(tx, state, this.stores.clock.now()));
  }

  /** A file that cannot be read is the signer's to complain of. */
  private signedLast(): Frontier | undefined {
    try {
      return new SignerStateFile(this.stores.secretsDirectory).read()?.signed;
    } catch (error) {
      if (error instanceof LogFault) return undefined;
      throw error;
    }
  }
}
