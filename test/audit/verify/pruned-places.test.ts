import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PrunedBundle } from '../../../src/audit/entry-parts.js';
import { prunedPlaces } from '../../../src/audit/prune-parts.js';
import { SigningKey } from '../../../src/audit/signing-key.js';
import type { VerifierKey } from '../../../src/audit/verifier-key.js';
import type { Finding } from '../../../src/audit/verify/finding.js';
import { PrunedPlaces } from '../../../src/audit/verify/pruned-places.js';
import { findingsOf, logFixture, reading, type LogFixture } from '../log-fixture.js';
import { keepLog, pruneAndSay, pruneOn } from './pruned-fixture.js';

const SPARED = randomUUID();
const ELSEWHERE = randomUUID();
const [EARLY, LATE] = [new Date('2022-03-01T15:00:00Z'), new Date('2022-09-01T15:00:00Z')];

let log: LogFixture;
let key: VerifierKey;
let bringBack: () => Promise<void>;

/** 299 readings of an early day and 301 of a later one, the first of each day of an intake that is spared; pruned on a day of 2025 and again, when the later ones are over too. */
beforeAll(async () => {
  log = await logFixture();
  const { clock, signer, sequencer, databases, site } = log;
  for (const [when, count] of [[EARLY, 298], [LATE, 300]] as const) {
    clock.setTo(when);
    await signer.sign(); // the first time, the log's name
    await databases.records.inSite(site, (tx) => log.log.append(tx, reading(site, SPARED)));
    await databases.records.inSite(site, async (tx) => {
      for (let i = 0; i < count; i++) await log.log.append(tx, reading(site));
    });
    await sequencer.drain();
  }
  await pruneOn(log, new Date('2025-01-01T12:00:00Z'), '2022-06-01', [SPARED]);
  await pruneOn(log, new Date('2025-06-01T12:00:00Z'), '2022-10-01', [SPARED]);
  key = SigningKey.read(log.secrets).verifier('x');
  bringBack = await keepLog(log);
});
afterAll(() => log.databases.close());
afterEach(() => bringBack());

const sql = (text: string, parameters?: unknown[]) => log.databases.recordsOwner(text, parameters);
const found = (): Promise<readonly Finding[]> => findingsOf(log, key);
const inBundle = (number: number): Finding => ({ kind: 'pruned-differs', from: number * 256, to: (number + 1) * 256 });
const at = (...indexes: readonly number[]): string => `IN (SELECT entry_id FROM log_index WHERE index IN (${indexes.join(', ')}))`;

describe('entries that were pruned', () => {
  it('are said in bundles, by a digest before and after', async () => {
    const rows = await sql(`SELECT p.context FROM log_part p JOIN log_entry e ON e.id = p.entry_id WHERE e.kind = 'log.pruned' ORDER BY e.id`);
    const said = rows.map(({ context }) => (JSON.parse(context as string) as { bundles: readonly PrunedBundle[] }).bundles);
    expect(said.map((bundles) => bundles.map(({ number, before }) => [number, before]))).toEqual([[[0, undefined], [1, undefined]], [[1, said[0]![1]!.after], [2, undefined]]]);
    const without = await sql(`SELECT x.index, e.site_id, e.intake_id FROM log_index x JOIN log_entry e ON e.id = x.entry_id WHERE x.index >= 512 AND NOT EXISTS (SELECT FROM log_part p WHERE p.entry_id = e.id) ORDER BY x.index`);
    const lines = without.map(({ index, site_id: site, intake_id: intake }) => `${index as number} ${site as string} ${intake as string}\n`);
    expect([lines.length, said[1]![1]!.after]).toEqual([600 + 1 - 512, createHash('sha256').update(lines.join('')).digest('hex')]);
  });

  it('are as pruning left them', async () => {
    expect(await found()).toEqual([]);
  });

  const both = async (set: string, ...indexes: readonly number[]): Promise<void> => {
    await sql(`UPDATE log_entry SET ${set} WHERE id ${at(...indexes)}`);
    await sql(`UPDATE log_filter SET ${set} WHERE entry_id ${at(...indexes)}`);
  };
  const exchanged = async (one: number, other: number): Promise<void> => {
    for (const [table, id] of [['log_entry', 'id'], ['log_filter', 'entry_id']]) {
      await sql(`UPDATE ${table} t SET intake_id = o.intake_id FROM ${table} o WHERE t.${id} ${at(one, other)} AND o.${id} ${at(one, other)} AND o.${id} <> t.${id}`);
    }
  };
  it.each<[string, () => Promise<unknown>, readonly number[]]>([
    ['the site of one', () => both(`site_id = '${ELSEWHERE}'`, 100), [0]],
    ['the site of one emptied', () => both('site_id = NULL', 301), [1]],
    ['the intake of one', () => both(`intake_id = '${ELSEWHERE}'`, 550), [2]],
    ['the intake of one emptied', () => both('intake_id = NULL', 255), [0]],
    ['two exchanged', () => exchanged(20, 21), [0]],
    ['two exchanged of two bundles', () => exchanged(255, 256), [0, 1]],
    ['all moved to another site', async () => both(`site_id = '${ELSEWHERE}'`, ...Array.from({ length: 600 }, (_, i) => i + 1).filter((i) => i !== 1 && i !== 300)), [0, 1, 2]],
  ])('are found by bundle where columns and filters were changed alike: %s', async (_, change, bundles) => {
    await change();
    expect(await found()).toEqual(bundles.map(inBundle));
  });

  it.each<[string, string, readonly Finding[]]>([
    ['deleted, where a hold had spared them', 'DELETE FROM log_part WHERE entry_id', []],
    ['emptied in one of them', 'UPDATE log_part SET context = NULL WHERE entry_id', [{ kind: 'part-changed', part: 'context', index: 1, entryId: 2 }]],
  ])('are found where parts were %s', async (_, change, also) => {
    await sql('ALTER TABLE log_part ALTER context DROP NOT NULL');
    await sql(`${change} ${at(1)}`);
    await sql(`UPDATE log_filter f SET member = t.member, purpose = t.purpose, named = t.named FROM log_entry_terms t WHERE t.entry_id = f.entry_id AND f.entry_id ${at(1)}`);
    expect(await found()).toEqual([inBundle(0), ...also]);
  });

  it('are found where parts came back from an older copy', async () => {
    await sql(`INSERT INTO log_part SELECT (jsonb_populate_record(p, jsonb_build_object('entry_id', (SELECT entry_id FROM log_index WHERE index = 7)))).* FROM log_part p WHERE entry_id ${at(1)}`);
    expect((await found()).filter(({ kind }) => kind === 'pruned-differs')).toEqual([inBundle(0)]);
  });

  it.each<[string, () => Promise<unknown>, readonly number[]]>([
    ['what was pruned before', () => both(`intake_id = '${ELSEWHERE}'`, 290), [1]],
    ['what it pruned, in columns', () => both(`intake_id = '${ELSEWHERE}'`, 1), [0]],
    ['what it pruned, in all that says so', async () => {
      await both(`intake_id = '${ELSEWHERE}'`, 1);
      await sql(`UPDATE log_part SET subject = replace(subject, '${SPARED}', '${ELSEWHERE}') WHERE entry_id ${at(1)}`);
    }, [0]],
  ])('are found for ever where a later pruning came upon a change of %s', async (_, change, bundles) => {
    await change();
    await log.databases.records.acrossSites((tx) => pruneAndSay(log, tx, '2022-10-01'));
    await log.sequencer.drain();
    expect(await sql(`SELECT FROM log_part WHERE entry_id ${at(1, 300)}`)).toEqual([]);
    expect(await found()).toEqual(bundles.map(inBundle));
    for (const [table, id] of [['log_entry', 'id'], ['log_filter', 'entry_id']]) await sql(`UPDATE ${table} t SET intake_id = k.intake_id FROM kept_log_entry k WHERE k.id = t.${id}`);
    expect((await found()).at(0)).toEqual(inBundle(bundles[0]!));
  });

  it('are no finding while somebody prunes: verifying waits for what they say', async () => {
    const { records } = log.databases;
    const waits = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 7466106 AND NOT granted`;
    const verified = await records.acrossSites(async (tx) => {
      await pruneAndSay(log, tx, '2022-10-01');
      const verifying = found();
      while ((await sql(waits)).length === 0) await sleep(10);
      return { verifying };
    });
    expect(await verified.verifying).toEqual([]);
    expect(await found()).toEqual([]); // that waits for its place still
  });

  it('are not looked at where nothing tells what was pruned: that is found itself', async () => {
    await sql(`UPDATE log_part SET context = replace(context, '"number":0', '"number":7') WHERE strpos(context, '"number":0') > 0`);
    expect((await found()).map(({ kind }) => kind)).toEqual(['part-or-salt-changed']);
    await both(`intake_id = '${ELSEWHERE}'`, 550); // pruned later
    expect((await found()).map(({ kind, from }) => [kind, from])).toEqual([['pruned-differs', 512], ['part-or-salt-changed', undefined]]);
  });
});

describe('what prunings say of their bundles', () => {
  const vector = JSON.parse(readFileSync(new URL('../../vectors/pruned-places.json', import.meta.url), 'utf8')) as {
    readonly bundle: number;
    readonly rows: readonly { readonly index: number; readonly site: string; readonly intake: string }[];
    readonly digest: string;
  };

  it('is the digest that is written down', async () => {
    const places = new PrunedPlaces();
    places.heed(JSON.stringify({ bundles: [{ number: vector.bundle, after: vector.digest }] }));
    expect(places.otherwise()).toEqual([vector.bundle]);
    for (const { index: place, site, intake } of vector.rows) places.take(place, `${site} ${intake}`);
    expect(places.otherwise()).toEqual([]);
    for (const { index: place, site, intake } of vector.rows) {
      await sql(`INSERT INTO log_entry (id, site_id, intake_id, kind, at, epoch, counter, leaf) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, 'signed-out', now(), gen_random_uuid(), 1, '')`, [9_000 + place, site || null, intake || null]);
      await sql(`INSERT INTO log_index VALUES ($1, $2, sha256('x'))`, [256_000_000 + place, 9_000 + place]);
    }
    const there = await log.databases.records.acrossSites((tx) => prunedPlaces(tx, [1_000_000 + vector.bundle]));
    const lines = vector.rows.map(({ index: place, site, intake }) => `${256_000_000 + place} ${site} ${intake}\n`);
    expect([...there.values()].map(({ after }) => after)).toEqual([createHash('sha256').update(lines.join('')).digest('hex')]);
  });

  const SIZE = 1_000;
  const index = fc.integer({ min: 0, max: SIZE - 1 });
  /** Entries that lose their parts, and whether the pruning tells of bundles. */
  const prunings = fc.array(fc.array(index, { maxLength: 30 }), { minLength: 1, maxLength: 6 });

  class Model {
    readonly filed = Array.from({ length: SIZE }, (_, i) => `site${i % 3} intake${i}`);
    readonly without = new Set<number>();
    readonly said: string[] = [];

    digest(bundle: number): string | undefined {
      const lines = [...this.without].sort((a, b) => a - b).filter((i) => Math.floor(i / 256) === bundle).map((i) => `${i} ${this.filed[i]}\n`);
      return lines.length === 0 ? undefined : createHash('sha256').update(lines.join('')).digest('hex');
    }

    prune(indexes: readonly number[], isTold: boolean): void {
      const touched = [...new Set(indexes.filter((i) => !this.without.has(i)).map((i) => Math.floor(i / 256)))];
      const before = touched.map((bundle) => this.digest(bundle));
      for (const i of indexes) this.without.add(i);
      const bundles = touched.map((number, i) => ({ number, ...(before[i] === undefined ? {} : { before: before[i] }), after: this.digest(number)! }));
      this.said.push(JSON.stringify({ day: '2022-10-01', ...(isTold ? { bundles } : {}) }));
    }

    found(): readonly (number | undefined)[] {
      const places = new PrunedPlaces();
      for (const context of this.said) places.heed(context);
      for (const i of [...this.without].sort((a, b) => a - b)) places.take(i, this.filed[i]!);
      const otherwise = places.otherwise();
      places.look(otherwise, new Map(otherwise.flatMap((bundle) => (this.digest(bundle) === undefined ? [] : [[bundle, { after: this.digest(bundle)! }]]))));
      return places.found().map(({ from }) => from! / 256);
    }
  }

  it('are what is there, also where an earlier version pruned first and told of none', () => {
    fc.assert(
      fc.property(prunings, fc.nat({ max: 6 }), (pruned, untold) => {
        const model = new Model();
        for (const [i, indexes] of pruned.entries()) model.prune(indexes, i >= untold);
        expect(model.found()).toEqual([]);
      }),
    );
  });

  it('are not, in that bundle alone, where something is changed between them or after them', () => {
    fc.assert(
      fc.property(prunings, fc.nat({ max: 6 }), fc.nat(), fc.constantFrom('moved', 'put back', 'taken'), (pruned, when, which, how) => {
        const model = new Model();
        let changed: number | undefined;
        const change = (): void => {
          const all = how === 'taken' ? model.filed.map((_, i) => i).filter((i) => !model.without.has(i)) : [...model.without];
          changed = all[which % Math.max(1, all.length)];
          if (changed === undefined) return;
          if (how === 'moved') model.filed[changed] = 'site1 another';
          else if (how === 'taken') model.without.add(changed);
          else model.without.delete(changed);
        };
        for (const [i, indexes] of pruned.entries()) {
          if (i === when && i > 0) change();
          model.prune(indexes, true);
        }
        if (changed === undefined) change();
        fc.pre(changed !== undefined);
        expect(model.found()).toEqual([Math.floor(changed! / 256)]);
      }),
    );
  });
});
