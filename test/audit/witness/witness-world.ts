import { newestCheckpoint } from '../../../src/audit/newest-checkpoint.js';
import { openCheckpoint } from '../../../src/audit/checkpoint.js';
import { parseNote } from '../../../src/audit/signed-note.js';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import { openCosignature } from '../../../src/audit/witness/cosignature.js';
import { WitnessStandings, type WitnessStanding } from '../../../src/audit/witness/witness-standings.js';
import { Witnesses } from '../../../src/audit/witness/witnesses.js';
import { EventLog } from '../../../src/platform/event-log.js';
import { Settings } from '../../../src/platform/settings.js';
import { logFixture, type LogFixture } from '../log-fixture.js';
import { TrueWitness } from './true-witness.js';

/** A log with entries, and a witness that knows it. Loops stand still: tests make the passes. */
export class WitnessWorld {
  readonly opened: TrueWitness[] = [];
  witness!: TrueWitness;
  witnesses!: Witnesses;

  private constructor(readonly fixture: LogFixture) {}

  static async make(): Promise<WitnessWorld> {
    const world = new WitnessWorld(await logFixture());
    await world.grow(1);
    world.witness = await world.witnessOf('witness.example/w1');
    world.witnesses = world.processOf();
    return world;
  }

  async end(): Promise<void> {
    await this.witnesses.onApplicationShutdown();
    await Promise.all(this.opened.map((one) => one.goDown()));
    await this.fixture.databases.close();
  }

  settings(): Settings {
    return new Settings({ dataDirectory: this.fixture.databases.settings.dataDirectory, witnesses: this.opened.map((one) => one.settings) });
  }

  async standings(): Promise<readonly WitnessStanding[]> {
    return (await new WitnessStandings(this.fixture.databases.records, this.settings()).read()).witnesses;
  }

  ask(timeoutMs?: number) {
    return this.witnesses.ask(this.witness.settings, timeoutMs);
  }

  newest(which?: 'cosigned'): Promise<string | undefined> {
    return this.fixture.databases.records.withoutSite((tx) => newestCheckpoint(tx, which));
  }

  minutes(count: number): void {
    const { clock } = this.fixture;
    clock.setTo(new Date(clock.now().getTime() + count * 60_000));
  }

  /** Another process of the service. */
  processOf(): Witnesses {
    const { clock, databases, said } = this.fixture;
    const events = new EventLog(() => clock.now(), { write: (line) => void said.push(line) });
    return new Witnesses(databases.records, clock, events, this.settings());
  }

  async vkey(): Promise<string> {
    const [row] = await this.fixture.databases.recordsOwner<{ vkey: string }>('SELECT vkey FROM log_key ORDER BY started_at DESC, number DESC');
    return row!.vkey;
  }

  async witnessOf(name: string): Promise<TrueWitness> {
    const made = await TrueWitness.start(this.fixture.clock, name);
    this.opened.push(made);
    made.trust(await this.vkey());
    return made;
  }

  /** @returns the size that is signed then */
  async grow(count: number): Promise<number> {
    const { signer, sequencer, write } = this.fixture;
    await signer.sign();
    await write(count);
    await sequencer.drain();
    await signer.sign();
    return openCheckpoint((await this.newest())!, parseVerifierKey(await this.vkey())!)!.size;
  }

  /** The size of the newest checkpoint, if it holds a good cosignature of the witness. */
  async cosigned(which?: 'cosigned'): Promise<number | undefined> {
    const { key } = this.witness;
    const { text, signatures } = parseNote((await this.newest(which)) ?? '') ?? { text: '', signatures: [] };
    const own = signatures.find(({ name, keyId }) => name === key.name && keyId.equals(key.keyId));
    return own && openCosignature(text, own, key) ? Number(text.split('\n')[1]) : undefined;
  }
}
