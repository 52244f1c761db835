import { performance } from 'node:perf_hooks';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BackgroundLoop } from '../platform/background-loop.js';
import { Clock } from '../platform/clock.js';
import { EventLog, faultOf } from '../platform/event-log.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Settings } from '../platform/settings.js';
import { AccessLog } from './append-entry.js';
import { keysInHand } from './keys-in-hand.js';
import { LogFault } from './log-fault.js';
import { openOrigin, restartOrigin, type LogOrigin } from './log-origin.js';
import { SIGNER_LOCK } from './log-locks.js';
import { beginRotation, retireOldKey } from './rotate-key.js';
import { signHead, type SigningOutcome } from './sign-head.js';
import { SignerStateFile } from './signer-state.js';
import type { SigningDesk } from './signing-desk.js';

const EVERY_MS = 1_000;

/**
 * Signs the tree, once a second at most and only when it has grown. On a log that is not what it must be it signs nothing
 * more and says why; entries are still taken, since refusing them would lose what happens meanwhile.
 */
@Injectable()
export class Signer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: BackgroundLoop;
  private desk: SigningDesk | undefined;
  private lastFault: LogFault | undefined;
  private wellAt = performance.now();

  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly clock: Clock,
    private readonly settings: Settings,
    events: EventLog,
  ) {
    this.loop = new BackgroundLoop(
      EVERY_MS,
      () => this.sign(),
      (error) => events.warn({ event: 'signer.failed', fault: faultOf(error) }),
    );
  }

  /** Why nothing is signed at the moment; undefined when all is well. */
  get fault(): LogFault | undefined {
    return this.lastFault;
  }

  /** How long no pass has come to its end, for whatever reason: beside entries that wait, that they are not being signed. */
  get silentSeconds(): number {
    return (performance.now() - this.wellAt) / 1000;
  }

  /** One pass. @throws LogFault when the log is not what was signed, and remembers it */
  async sign(): Promise<SigningOutcome> {
    try {
      const desk = await this.opened();
      const outcome = await this.records.acrossSites((tx) => signHead(tx, desk, this.clock.now()));
      if (outcome === 'handed over') await this.records.acrossSites((tx) => retireOldKey(tx, desk));
      this.lastFault = undefined;
      if (outcome !== 'busy') this.wellAt = performance.now();
      return outcome;
    } catch (error) {
      if (error instanceof LogFault) this.lastFault = error;
      throw error;
    }
  }

  /**
   * Signs a document of ours, such as a destruction certificate, as a note under the log's name: whoever has the log's
   * verifier key can check it. The lock is kept until the caller's transaction ends, so that no key signs a document after the
   * checkpoint that hands the log over to the next one.
   * @param text ends in a newline and does not begin as a checkpoint does, since nobody must get one signed here
   */
  async signDocument(tx: RecordsTx, text: string): Promise<string> {
    if (!text.startsWith('{')) throw new TypeError('only a JSON document is signed');
    const { secretsDirectory, file } = await this.opened();
    await tx.query('SELECT pg_advisory_xact_lock($1)', [SIGNER_LOCK]);
    const state = file.read();
    if (!state) throw new LogFault('LOG_STATE_MISSING', 'what was signed last is not there');
    return keysInHand(secretsDirectory, state).signing.sign(state.origin, text);
  }

  /**
   * Begins a change of the log's key: the next passes of any process end it. Where one is under way, that one goes on.
   * @returns the key in use, and the one that will follow it
   * @throws LogFault when the log is not what was signed
   */
  async beginRotation(): Promise<{ readonly from: string; readonly to: string }> {
    await this.sign(); // ends what was cut short, and looks whether all is well
    const desk = await this.opened();
    return this.records.acrossSites((tx) => beginRotation(tx, desk, { system: 'command' }));
  }

  /** A new name for the log of a restored database: see restartOrigin. For the command that two persons release. */
  async restart(): Promise<LogOrigin> {
    const [secretsDirectory] = this.settings.secretsDirectories;
    const desk = { secretsDirectory, file: new SignerStateFile(secretsDirectory), log: this.log };
    const started = await this.records.acrossSites((tx) => restartOrigin(tx, desk, this.clock.now()));
    this.desk = desk;
    return started;
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  private async opened(): Promise<SigningDesk> {
    const [directory] = this.settings.secretsDirectories;
    this.desk ??= await this.records.acrossSites((tx) => openOrigin(tx, this.log, directory, this.clock.now()));
    return this.desk;
  }
}
