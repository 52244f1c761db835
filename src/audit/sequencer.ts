import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BackgroundLoop } from '../platform/background-loop.js';
import { EventLog, faultOf } from '../platform/event-log.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { AccessLog } from './append-entry.js';
import { TILE_WIDTH } from './export/tile-path.js';
import { BATCH, catchUpWithTiles, sequenceEntries } from './sequence-entries.js';
import type { Filled } from './tiles/fill-tiles.js';

const EVERY_MS = 100;
/** How often, while entries come fast. */
const TILES_EVERY_MS = 1_000;

/** Gives new entries their places in the tree, ten times a second. Every process has one; a lock lets one at a time work. */
@Injectable()
export class Sequencer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: BackgroundLoop;
  private tiles: Filled = 'more to do';
  private sinceTiles = 0;
  private lookedAt = -Infinity;

  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly events: EventLog,
  ) {
    this.loop = new BackgroundLoop(
      EVERY_MS,
      () => this.pass(),
      (error) => events.warn({ event: 'sequencer.failed', fault: faultOf(error) }),
    );
  }

  /** Works off what is pending, a batch to a transaction. @returns how many entries got their places */
  async drain(): Promise<number> {
    let total = 0;
    for (;;) {
      const sequenced = await this.records.acrossSites(sequenceEntries);
      total += sequenced;
      if (sequenced < BATCH) return total;
    }
  }

  /**
   * Tiles that are missing, as those of a log that was there before they were stored: a step a pass, so that new entries do not wait for all of them.
   * After that a look when a tile should have become full, once a second. Where hashes are missing, that is said once, and entries go on.
   */
  private async pass(): Promise<void> {
    this.sinceTiles += await this.drain();
    if (this.tiles !== 'more to do' && (this.sinceTiles < TILE_WIDTH || performance.now() - this.lookedAt < TILES_EVERY_MS)) return;
    const before = this.tiles;
    const filled = await this.records.acrossSites((tx) => catchUpWithTiles(tx, this.log));
    if (filled === 'busy') return;
    this.tiles = filled;
    this.sinceTiles = 0;
    this.lookedAt = performance.now();
    if (this.tiles === 'stuck' && before !== 'stuck') this.events.warn({ event: 'tiles.stuck' });
    if (this.tiles !== 'stuck' && before === 'stuck') this.events.say({ event: 'tiles.filled' });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  /** What is appended after this waits for the next start. */
  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }
}
