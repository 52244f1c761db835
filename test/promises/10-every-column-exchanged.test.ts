import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignIn } from '../../src/access/sign-in.js';
import { memberOf, signInAll, type SignedInMember } from '../../src/demo/members.js';
import { Refusal } from '../../src/platform/refusal.js';
import { WatchRecords } from '../../src/vault/restored/watch-records.js';
import { BOUND_COLUMNS } from '../support/bound-columns.js';
import { runPurge } from '../support/run-purge.js';
import { copiesInto, sealedTables, tampered, type Row, type Table } from '../support/tampered-rows.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../support/test-service.js';
import { secondSite } from '../support/two-sites.js';

/** Ways in which two rows may differ that are tried for each column, the nearest first. */
const MOST_COPIES = 3;
/** A session's, a password's and a grant's half. */
const MOST_ANCHORS = 3;
const FIVE_MINUTES = 300_000;

let service: TestService;
let me: SignedInMember;
let mine: string;
let preparer: ApiClient;
let stranger: ApiClient;
let tables: readonly Table[];
/** The rows as they were before the last save, and under an earlier master. */
let earlier: ReadonlyMap<string, readonly Row[]>;
let untouched: Outcomes;
/** The rows that the acts below depend on, of the tables that have such. */
let anchors: Readonly<Record<string, (row: Row) => boolean>>;

beforeAll(async () => {
  service = await startTestService();
  const first = service.api('preparer');
  mine = (await first.post('/api/intakes', { taxYear: 2026, answers: answersOf('Mine', 1) })).body.id;
  await first.post('/api/intakes', { taxYear: 2026, answers: answersOf('Other', 2) });
  await searchEverywhere(first);
  earlier = new Map((await allTables()).map((table) => [table.name, table.rows]));
  expect((await first.patch(`/api/intakes/${mine}`, { version: 1, answers: { taxpayer: { jobTitle: 'Baker' } } })).status).toBe(200);
  service.clock.advanceDays(1);
  expect((await runPurge(await service.signInAgain('administrator'))).state).toBe('finished');
  const { members } = service;
  [me] = (await signInAll(service.app, [members[0]!, members[0]!, members[3]!])) as [SignedInMember];
  preparer = apiClient(service.url, me.token);
  stranger = apiClient(service.url, (await secondSite(service)).token);
  await stranger.post('/api/intakes', { taxYear: 2026, answers: answersOf('Foreign', 3) });
  for (const client of [preparer, stranger]) await searchEverywhere(client);
  tables = await allTables();
  anchors = await rowsOfMine();
  // It would notice the log and the grants of some of this within seconds, and close everything (promise 5).
  await service.app.get(WatchRecords).onApplicationShutdown();
  untouched = await acts('member');
});
afterAll(() => service.stop());

function answersOf(name: string, n: number): object {
  return { taxpayer: { firstName: name, lastName: name, dateOfBirth: `198${n}-01-01`, taxpayerId: `417-00-000${n}` }, contact: { phone: `202555010${n}` } };
}

/** What a search leaves in the key store for the next one. */
async function searchEverywhere(client: ApiClient): Promise<void> {
  for (const sought of [{ phone: '2025550101' }, { lastName: 'Mine', dateOfBirth: '1981-01-01' }]) expect((await client.post('/api/intakes/search', sought)).status).toBe(200);
}

async function allTables(): Promise<readonly Table[]> {
  return [...(await sealedTables(service.databases.recordsOwner)), ...(await sealedTables(service.databases.keysOwner))];
}

async function rowsOfMine(): Promise<typeof anchors> {
  const { memberId, sessionId, sealedKey } = await memberOf(service.app, me.token);
  const rowsOf = (name: string) => tables.find((table) => table.name === name)!.rows;
  const share = rowsOf('life_share').find((row) => row['intake_id'] === mine && row['class'] === 'contact')!;
  const [entry] = await service.databases.recordsOwner<{ id: number }>('SELECT max(id) AS id FROM log_entry WHERE intake_id = $1 AND kind = $2', [mine, 'answers.written']);
  const account = rowsOf('member').find((row) => row['id'] === memberId)!;
  const grant = rowsOf('vault_grant').find((row) => row['member_id'] === memberId)!;
  return {
    intake: (row) => row['id'] === mine,
    section: (row) => row['intake_id'] === mine && row['class'] === 'contact',
    lookup_key: (row) => row['site_id'] === share['site_id'],
    member: (row) => row['id'] === memberId,
    session: (row) => row['id'] === sessionId,
    vault_grant: (row) => row === grant,
    log_part: (row) => row['entry_id'] === entry!.id,
    bucket: (row) => row['id'] === share['bucket_id'],
    bucket_ring: (row) => row['site_id'] === share['site_id'] && row['class'] === 'contact',
    life_share: (row) => row === share,
    lookup: (row) => row['intake_id'] === mine && row['slot'] === 2,
    half: (row) => [sealedKey.halfId, grant['half_id'], account['password_half']].includes(row['id'] as string),
  };
}

/** What came of each act: what was answered, or with which code it was refused. */
type Outcomes = Readonly<Record<string, string>>;

/** A preparer reads, lists and searches; one of another site tries the same intake; and for tables of accounts somebody signs in. */
async function acts(table: string): Promise<Outcomes> {
  const said = ({ status, body, text }: { status: number; body: { code?: string }; text: string }) => (status < 300 ? text : body.code!);
  const { email, password } = me;
  return {
    read: said(await preparer.get(`/api/intakes/${mine}?fields=taxpayer,contact,household,taxpayer.taxpayerId`)),
    list: said(await preparer.get('/api/intakes')),
    search: said(await preparer.post('/api/intakes/search', { phone: '2025550101' })),
    'read by a stranger': said(await stranger.get(`/api/intakes/${mine}`)),
    'list of a stranger': said(await stranger.get('/api/intakes')),
    ...(['member', 'half'].includes(table) ? { 'sign in': await signIn(email, password) } : {}),
  };
}

/** Each time from another address, or failures would slow the next. */
async function signIn(email: string, password: string): Promise<string> {
  try {
    await service.app.get(SignIn).run({ email, password }, randomUUID());
    return 'signed in';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

function withoutSignIn({ 'sign in': _signIn, ...rest }: Outcomes): Outcomes {
  return rest;
}

/** An answer under another intake, or in another site, than its own. */
function misplaced(outcomes: Outcomes): string[] {
  const names: Readonly<Record<string, RegExp>> = { read: /Other|Foreign/, list: /Foreign/, 'read by a stranger': /Mine|Other/, 'list of a stranger': /Mine|Other/ };
  const wrong = Object.entries(names).flatMap(([act, name]) => (name.test(outcomes[act]!) ? [act] : []));
  const shown = [...outcomes['list']!.matchAll(/"id":"([^"]*)"[^}]*\}?[^}]*?"displayName":"(\w+)/g)].filter(([, id, name]) => (id === mine) !== (name === 'Mine'));
  const found = (outcomes['search']!.match(/[0-9a-f-]{36}/g) ?? []).filter((id) => id !== mine);
  return [...wrong, ...(shown.length > 0 ? ['list'] : []), ...(found.length > 0 ? ['search'] : [])];
}

/** The codes and other effects that overwriting this column of this row has. */
async function effectsOf(table: Table, anchor: Row, column: string): Promise<{ tried: number; effects: ReadonlySet<string>; wrong: readonly string[] }> {
  const effects = new Set<string>();
  const wrong: string[] = [];
  const copies = copiesInto(table, anchor, column, earlier.get(table.name) ?? []).slice(0, MOST_COPIES);
  for (const copy of copies) {
    const outcomes = await tampered(copy, () => acts(table.name));
    if (!outcomes) effects.add('table');
    for (const [act, outcome] of Object.entries(outcomes ?? {})) {
      if (outcome === untouched[act]) continue;
      effects.add(/^[A-Z_]+$/.test(outcome) ? outcome : outcome === '{"matches":[]}' ? 'less found' : `another ${act}`);
    }
    wrong.push(...misplaced(outcomes ?? untouched).map((act) => `${act}, with ${copy.differing.join()} of another row`));
  }
  return { tried: copies.length, effects, wrong };
}

describe('a superuser of both databases, who overwrites one column of one row with that of another or of an earlier day', () => {
  it('has no table or column that is not declared', () => {
    const columns = tables.flatMap(({ name, columns: all }) => [...all.keys()].map((column) => `${name}.${column}`));
    expect(Object.keys(BOUND_COLUMNS).sort()).toEqual(columns.sort());
  });

  it('opens nothing in the wrong place, and where something depends on it is refused with a code', async () => {
    const found: string[] = [];
    for (const table of tables) {
      for (const anchor of table.rows.filter(anchors[table.name] ?? (() => true)).slice(0, MOST_ANCHORS)) {
        for (const column of table.columns.keys()) {
          const name = `${table.name}.${column}`;
          const expected = BOUND_COLUMNS[name]!;
          if ('destroys' in expected) continue;
          const { tried, effects, wrong } = await effectsOf(table, anchor, column);
          if (wrong.length > 0) found.push(`${name}: ${wrong.join('; ')}`);
          if ('free' in expected) continue;
          const codes = [...effects].filter((effect) => !effect.startsWith('another '));
          if (tried === 0) found.push(`${name}: nothing to overwrite it with`);
          else if (codes.length === 0) found.push(`${name}: not noticed`);
          else if (codes.some((code) => !expected.includes(code))) found.push(`${name}: ${codes.join()}, not ${expected.join()}`);
        }
      }
    }
    expect(found).toEqual([]);
    expect(await acts('')).toEqual(withoutSignIn(untouched)); // everything was put back
  }, FIVE_MINUTES);
});
