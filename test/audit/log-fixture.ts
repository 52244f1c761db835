import { randomUUID } from 'node:crypto';
import { AccessLog } from '../../src/audit/append-entry.js';
import type { LogEntry } from '../../src/audit/entry.js';
import { Sequencer } from '../../src/audit/sequencer.js';
import { Signer } from '../../src/audit/signer.js';
import { SignerStateFile } from '../../src/audit/signer-state.js';
import { StallGate } from '../../src/audit/stall-gate.js';
import type { VerifierKey } from '../../src/audit/verifier-key.js';
import type { Finding } from '../../src/audit/verify/finding.js';
import { verifyStoredLog } from '../../src/audit/verify/verify-stored-log.js';
import { EventLog } from '../../src/platform/event-log.js';
import { Settings } from '../../src/platform/settings.js';
import { TestClock } from '../support/test-clock.js';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';

/** One process's log on the databases of a test file. Its loops stand still: tests make the passes. */
export interface LogProcess {
  readonly log: AccessLog;
  readonly sequencer: Sequencer;
  readonly signer: Signer;
}

export interface LogFixture extends LogProcess {
  readonly databases: TestDatabases;
  readonly clock: TestClock;
  readonly site: string;
  readonly secrets: string;
  /** Console lines of the service. */
  readonly said: string[];
  /** Another process on the same databases and secrets. */
  anotherProcess(): LogProcess;
  /** Appends entries in a transaction each. */
  write(count: number): Promise<void>;
}

export async function logFixture(): Promise<LogFixture> {
  const databases = await makeDatabases();
  const clock = new TestClock(new Date('2027-03-01T15:00:00Z'));
  const said: string[] = [];
  const events = new EventLog(() => clock.now(), { write: (line) => void said.push(line) });
  const site = randomUUID();
  const anotherProcess = (): LogProcess => {
    const log = new AccessLog(clock, new StallGate());
    const { records, settings } = databases;
    return { log, sequencer: new Sequencer(records, log, events), signer: new Signer(records, log, clock, settings, events) };
  };
  const first = anotherProcess();
  return {
    ...first,
    databases,
    clock,
    site,
    secrets: (databases.settings satisfies Settings).secretsDirectories[0],
    said,
    anotherProcess,
    write: async (count) => {
      for (let i = 0; i < count; i++) await databases.records.inSite(site, (tx) => first.log.append(tx, reading(site)));
    },
  };
}

/** One more entry, with its place, signed. The first time the log gets its name. */
export async function growLog({ signer, sequencer, write }: LogFixture): Promise<void> {
  await signer.sign();
  await write(1);
  await sequencer.drain();
  await signer.sign();
}

/** From beginning to end. */
export async function changeLogKey(fixture: LogFixture): Promise<void> {
  await fixture.signer.beginRotation();
  await growLog(fixture);
  await growLog(fixture);
}

/** What is found in the log as it is, where the signer's memory is at hand. @param key one that it was signed with */
export async function findingsOf({ databases, secrets, clock }: LogFixture, key: VerifierKey): Promise<readonly Finding[]> {
  return (await verifyStoredLog(databases.records, { key, signer: new SignerStateFile(secrets), kept: [], now: clock.now() }, () => undefined)).findings;
}

export const MEMBER = 'a1111111-1111-4111-8111-111111111111';

export function reading(site: string, intake: string = randomUUID()): LogEntry {
  return {
    kind: 'answers.read',
    actor: { member: MEMBER, role: 'preparer' },
    subject: { site, intake, classes: ['contact'], fields: ['contact.phone'] },
    context: { purpose: 'prepare', ticket: randomUUID() },
  };
}

export function writing(site: string, intake: string, digest: string): LogEntry {
  return {
    kind: 'answers.written',
    actor: { member: MEMBER, role: 'preparer' },
    subject: { site, intake, classes: ['contact'] },
    context: { version: 2, digests: { contact: digest } },
  };
}
