import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AccessLog } from '../../src/audit/append-entry.js';
import type { LogEntry } from '../../src/audit/entry.js';
import { GroupCommit } from '../../src/audit/group-commit.js';
import { StallGate } from '../../src/audit/stall-gate.js';
import { Clock } from '../../src/platform/clock.js';
import { dataSource } from '../../src/platform/data-source.js';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import { median, quantile, type Rounds, type Row } from '../measure.js';
import { crowds, type Step } from '../service/crowd.js';
import { asOwner, siteOf } from '../service/fill-keys.js';
import { withService } from '../service/served.js';
import { insertChained, insertPlainly, PLAIN_LOG, type PlainEntry } from './plain-log.js';

const CLIENTS = [1, 8, 32];
/** How often the sequencer looks: its lag is counted in these. */
const PERIOD_MS = 100;
const LOOK_EVERY_MS = 4;
/** Of so many entries one is waited for. */
const ONE_OF = 20;

export interface Appends {
  readonly appendVsPlain: number;
  /** The same beside a plain row that is a statement and nothing more. */
  readonly appendVsPlainStatement: number;
  readonly appendVsChain: number;
  /** While these clients write as fast as they can. */
  readonly lagP99Periods: number;
  /** While as many entries come as plain rows did. */
  readonly lagP99PeriodsAtPlainRate: number;
  readonly rows: readonly Row[];
}

/**
 * Entries a second, appended as a reading appends its own, while the service's own sequencer and signer are at work beside; then a plain row of the same texts,
 * in a transaction as the service's are and as a statement alone, and a hash chain. Commits are durable. And how long an entry waits for its place while so many write, and
 * while they write as much as plain rows were written.
 */
export function appends(rounds: Rounds): Promise<Appends> {
  return withService(async (served) => {
    await asOwner(served.records, async (client) => void (await client.query(PLAIN_LOG)));
    const source = dataSource('bench', served.records, Math.max(...CLIENTS) + 1);
    await source.initialize();
    const records = new RecordsDatabase(source);
    try {
      return await measured(records, await siteOf(served), rounds);
    } finally {
      await records.close();
    }
  });
}

async function measured(records: RecordsDatabase, site: string, rounds: Rounds): Promise<Appends> {
  const log = new GroupCommit(records, new AccessLog(Clock.system(), new StallGate()));
  const append = () => log.append(reading(site));
  const works: Readonly<Record<string, Step>> = {
    thinfile: append,
    plain: () => records.withoutSite((tx) => insertPlainly(tx, plainly(reading(site)))),
    'plain statement': () => insertPlainly(records, plainly(reading(site))),
    chain: () => records.withoutSite((tx) => insertChained(tx, plainly(reading(site)))),
  };
  const rows: (Row & { readonly perSecond: number })[] = [];
  for (const clients of CLIENTS) {
    const crowd = await crowds(Object.fromEntries(Object.entries(works).map(([name, step]) => [name, Array.from({ length: clients }, () => step)])), rounds);
    for (const [name, figures] of crowd) rows.push({ name: `${name}, ${clients} clients`, ...figures });
  }
  const rate = (name: string) => rows.find((row) => row.name === `${name}, ${CLIENTS.at(-1)} clients`)!.perSecond;
  const steadily = await lagBeside(records, append, rate('plain'), rounds);
  const atOnce = await lagBeside(records, append, Infinity, rounds);
  return {
    appendVsPlain: rate('thinfile') / rate('plain'),
    appendVsPlainStatement: rate('thinfile') / rate('plain statement'),
    appendVsChain: rate('thinfile') / rate('chain'),
    lagP99Periods: atOnce.ms / PERIOD_MS,
    lagP99PeriodsAtPlainRate: steadily.ms / PERIOD_MS,
    rows: [
      ...rows,
      { name: 'an entry waits for its place, 99 of 100', ...atOnce },
      { name: 'the same at the rate of plain rows', ...steadily },
    ],
  };
}

interface Lag {
  /** Which ninety-nine of a hundred entries do not exceed, from the commit until they have their places: in the median round. */
  readonly ms: number;
  readonly worstMs: number;
  /** Entries a second. */
  readonly beside: number;
}

/** A machine that writes its caches to its disk, or a database that begins a checkpoint, slows a round down. @param most a second */
async function lagBeside(records: RecordsDatabase, append: () => Promise<number>, most: number, { rounds, roundMs }: Rounds): Promise<Lag> {
  const all: { readonly p99: number; readonly perSecond: number }[] = [];
  for (let round = 0; round < rounds; round++) all.push(await lagOfRound(records, append, most, roundMs));
  const times = all.map(({ p99 }) => p99);
  return { ms: median(times), worstMs: Math.max(...times), beside: median(all.map(({ perSecond }) => perSecond)) };
}

async function lagOfRound(records: RecordsDatabase, append: () => Promise<number>, most: number, roundMs: number): Promise<{ readonly p99: number; readonly perSecond: number }> {
  const writers = Math.max(...CLIENTS);
  const began = performance.now();
  const end = began + roundMs;
  const committed = new Map<number, number>();
  const waited: number[] = [];
  let written = 0;
  const write = async (): Promise<void> => {
    for (let own = 0; performance.now() < end; own++) {
      const early = began + (own * writers * 1_000) / most - performance.now();
      if (early > 0) await pause(early);
      const id = await append();
      if (written++ % ONE_OF === 0) committed.set(id, performance.now());
    }
  };
  const look = async (): Promise<void> => {
    for (; performance.now() < end || committed.size > 0; await pause(LOOK_EVERY_MS)) {
      const placed = await records.query<{ id: number }>('SELECT entry_id AS id FROM log_index WHERE entry_id = ANY ($1)', [[...committed.keys()]]);
      for (const { id } of placed) {
        waited.push(performance.now() - committed.get(id)!);
        committed.delete(id);
      }
    }
  };
  await Promise.all([...Array.from({ length: writers }, write), look()]);
  return { p99: quantile(waited, 0.99), perSecond: (written * 1_000) / roundMs };
}

/** A preparer for each client, and what they open in a season. */
const PREPARERS = Array.from({ length: Math.max(...CLIENTS) }, () => randomUUID());
const INTAKES = Array.from({ length: 5_000 }, () => randomUUID());
const oneOf = (ids: readonly string[]): string => ids[randomInt(ids.length)]!;

/** As a preparer's opening of an intake writes it. */
function reading(site: string): LogEntry {
  const fields = ['taxpayer.firstName', 'taxpayer.lastName', 'taxpayer.dateOfBirth', 'address.street', 'address.city', 'contact.phone'];
  return {
    kind: 'answers.read',
    actor: { member: oneOf(PREPARERS), role: 'preparer' },
    subject: { site, intake: oneOf(INTAKES), classes: ['identity', 'address', 'contact'], fields },
    context: { purpose: 'prepare', ticket: randomUUID(), version: 3 },
  };
}

function plainly({ kind, actor, subject, context }: LogEntry): PlainEntry {
  const [actorText, subjectText, contextText] = [actor, subject, context].map((part) => JSON.stringify(part)) as [string, string, string];
  return { site: subject.site!, intake: subject.intake!, kind, at: new Date(), actor: actorText, subject: subjectText, context: contextText };
}
