import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { EventLog, faultOf } from '../platform/event-log.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Settings } from '../platform/settings.js';
import { AccessLog } from './append-entry.js';
import { BackgroundLoop } from './background-loop.js';
import { LogFault } from './log-fault.js';
import { openOrigin, restartOrigin, type LogOrigin } from './log-origin.js';
import { signHead, type SigningDesk, type SigningOutcome } from './sign-head.js';
import { SignerStateFile } from './signer-state.js';
import { SigningKey } from './signing-key.js';

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

  /** One pass. @throws LogFault when the log is not what was signed, and remembers it */
  async sign(): Promise<SigningOutcome> {
    try {
      const desk = await this.opened();
      const outcome = await this.records.acrossSites((tx) => signHead(tx, desk, this.clock.now()));
      this.lastFault = undefined;
      return outcome;
    } catch (error) {
      if (error instanceof LogFault) this.lastFault = error;
      throw error;
    }
  }

  /**
   * Signs a document of ours, such as a destruction certificate, as a note under the log's name: whoever has the log's
   * verifier key can check it.
   * @param text ends in a newline and does not begin as a checkpoint does, since nobody must get one signed here
   */
  async signDocument(text: string): Promise<string> {
    if (!text.startsWith('{')) throw new TypeError('only a JSON document is signed');
    const { key, file } = await this.opened();
    return key.sign(file.read()!.origin, text);
  }

  /** A new name for the log of a restored database: see restartOrigin. For the command that two persons release. */
  async restart(): Promise<LogOrigin> {
    const [directory] = this.settings.secretsDirectories;
    const desk = { key: SigningKey.read(directory), file: new SignerStateFile(directory) };
    const started = await this.records.acrossSites((tx) => restartOrigin(tx, this.log, desk, this.clock.now()));
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
