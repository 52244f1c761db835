import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SESSION_COOKIE } from '../../src/access/session-token.js';
import { enterHousehold, overHttp } from '../support/enter-household.js';
import { plant, unplanted } from '../support/planted.js';
import { PlantedService } from '../support/planted-service.js';
import { allRoutes } from '../support/route-list.js';
import { runPurge } from '../support/run-purge.js';
import { spawnProgram } from '../support/spawned.js';
import { cutConnections } from '../support/talkative-postgres.js';
import type { ApiClient } from '../support/test-service.js';
import { Traces } from '../support/traces.js';

const { answers, list, needles } = plant();
const traces = new Traces(needles);
/** So many that some of them do not fit into their page of a write-ahead log. */
const CONTROLS = Array.from({ length: 300 }, (_, n) => `Kontrollmärke ${20_417 + n}`);
const FIVE_MINUTES = 300_000;

/** Routes that would end what the other acts need: they are visited by tests of their own. */
const NOT_VISITED: Readonly<Record<string, string>> = {
  'POST /api/sign-out': 'ends the session that the others act with',
  'POST /sign-out': 'ends the session that the others act with',
};

let planted: PlantedService;
let preparer: ApiClient;
let id: string;
let second: string;

beforeAll(async () => {
  planted = await PlantedService.start();
  preparer = planted.as('preparer');
}, FIVE_MINUTES);
afterAll(async () => {
  await planted.stop();
  planted.clear();
});

function expectNothingIn(what: string, said: { readonly text: string; readonly headers?: unknown }): void {
  expect([what, traces.in(said.text + JSON.stringify(said.headers ?? {}))]).toEqual([what, []]);
}

describe('no answer appears in a log line, an error, a URL, a temporary file or the access log', () => {
  it('and the search would find it, however it is written', () => {
    const text = `${needles[0]} — 417-00-7001`;
    const bytes = Buffer.from(text);
    const ways: (string | Buffer)[] = [
      ...[text, text.toUpperCase(), text.normalize('NFD'), JSON.stringify(text).replace('ä', '\\u00e4'), encodeURIComponent(text), bytes.toString('hex')],
      ...[Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()],
      ...[0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift, 7), bytes]).toString('base64')),
    ];
    for (const way of ways) expect(traces.in(Buffer.concat([Buffer.alloc(5), Buffer.from(way), Buffer.alloc(3)]))).not.toEqual([]);
    expect(traces.in('Zpl 417-00-700 Nothing of it')).toEqual([]);
  });

  it('while a preparer works through the API: everything comes back to them alone', async () => {
    const created = await preparer.post('/api/intakes', { taxYear: 2026, answers });
    expect([created.status, created.body.fields]).toEqual([201, undefined]);
    id = created.body.id;
    const everything = [...Object.keys(answers), ...['taxpayer', 'spouse', 'household'].flatMap((who) => [`${who}.taxpayerId`, `${who}.identityProtectionPin`])];
    const read = await preparer.get(`/api/intakes/${id}?fields=${everything.join()}`);
    expect(unplanted(read.body.answers)).toEqual([]); // every field of the catalogue
    expectNothingIn('headers of a reading', { text: '', headers: read.headers });
    const { taxpayer, contact } = answers as Record<string, Record<string, string>>;
    expect((await preparer.post('/api/intakes/search', { taxpayerId: taxpayer!['taxpayerId'] })).body.matches).toEqual([{ id }]);
    expect((await preparer.post('/api/intakes/search', { phone: contact!['phone'] })).body.matches).toEqual([{ id }]);
    const { lastName, dateOfBirth } = taxpayer!;
    expect((await preparer.post('/api/intakes/search', { lastName, dateOfBirth })).body.matches).toEqual([{ id }]);
    expect((await preparer.patch(`/api/intakes/${id}`, { version: 1, answers: { household: answers['household'] } })).status).toBe(200);
  });

  it('nor while a return comes onto a compensated preparer’s list', async () => {
    const regime = async (name: string) => expect((await planted.as('administrator').patch('/api/site', { regime: name })).status).toBe(200);
    const { id: listed } = (await preparer.post('/api/intakes', { taxYear: 2026, answers })).body as { id: string };
    expectNothingIn('refused', await preparer.post(`/api/intakes/${listed}/stage`, { stage: 'prepared', preparerList: list }));
    await regime('compensated');
    expectNothingIn('refused', await preparer.post(`/api/intakes/${listed}/stage`, { stage: 'prepared', preparerList: { ...list, returnType: needles[0] } }));
    expect((await preparer.post(`/api/intakes/${listed}/stage`, { stage: 'prepared', preparerList: list })).status).toBe(200);
    const read = await preparer.get(`/api/intakes/${listed}?fields=preparerList`);
    expect(unplanted({ ...answers, ...read.body.answers })).toEqual([]);
    await regime('vita_tce');
  });

  it('nor through the pages, mistakes and conflicts included', async () => {
    const window = planted.window('preparer');
    const entered = await enterHousehold(overHttp(window), answers);
    expect(entered.untyped).toEqual([]);
    second = entered.id;
    await window.open(`/intakes/${second}/you`);
    window.form.fill('taxpayer.dateOfBirth.year', needles[0]!);
    await window.press(window.form);
    expect([window.status, window.html.includes(needles[0]!)]).toEqual([422, true]);
    await window.open(`/intakes/${second}/you`);
    window.form.fill('taxpayer.jobTitle', needles[0]!);
    await preparer.patch(`/api/intakes/${second}`, { version: (await preparer.get(`/api/intakes/${second}?fields=contact`)).body.version, answers: { taxpayer: { firstName: 'X' } } });
    await window.press(window.form);
    expect([window.status, window.html.includes(needles[0]!)]).toEqual([409, true]);
    await window.open('/intakes');
    const search = window.forms.findIndex((form) => form.names.includes('phone'));
    window.forms[search]!.fill('phone', String((answers['contact'] as Record<string, string>)['phone']));
    await window.press(window.forms[search]!);
    expect(window.status).toBe(200);
  });

  it('in refusals, whatever is wrong with what was sent', async () => {
    const wrong = Object.fromEntries(needles.map((needle, i) => [`unknown${i}`, needle]));
    const bodies: [string, object][] = [
      ['/api/intakes', { taxYear: 2026, answers: { taxpayer: wrong } }],
      ['/api/intakes', { taxYear: 2026, answers: { [needles[0]!]: { [needles[1]!]: needles[2] } } }],
      ['/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: { deep: needles }, dateOfBirth: needles[0], taxpayerId: needles[1], usCitizen: needles[0] } } }],
      ['/api/intakes', { taxYear: needles[0], ...wrong }],
      ['/api/intakes', { taxYear: 2026, answers: { notes: { text: `${needles[0]} 417-00-7001 ${'x'.repeat(5000)}` } } }],
      ['/api/intakes/search', wrong],
      ['/api/intakes/search', { lastName: needles[0], dateOfBirth: needles[0] }],
      ['/api/sign-in', { email: `${needles[0]}@example.org`, password: needles.join(' ') }],
      [`/api/intakes/${id}/stage`, { stage: needles[0] }],
      [`/api/intakes/${encodeURIComponent(needles[0]!)}/stage`, { stage: 'prepared' }],
    ];
    for (const [path, body] of bodies) {
      const answer = await preparer.post(path, body);
      expect([path, answer.status]).toEqual([path, expect.any(Number)]);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expectNothingIn(path, answer);
    }
    expectNothingIn('conflict', await preparer.patch(`/api/intakes/${id}`, { version: 1, answers }));
    const raw: [string, string][] = [
      ['application/json', `{"a": "${needles.join()}`],
      ['application/json', `${'['.repeat(2000)}"${needles.join()}"`],
      ['application/json', JSON.stringify({ taxYear: 2026, answers: { notes: { text: needles.join().repeat(200) } } })],
      ['text/xml', `<a>${needles.join()}</a>`],
      [`${'application/json'}; charset=utf-7`, needles.join()],
    ];
    for (const [type, body] of raw) {
      const answer = await fetch(`${planted.url}/api/intakes`, { method: 'POST', headers: { 'content-type': type, authorization: `Bearer ${planted.tokenOf('preparer')}` }, body });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expectNothingIn(type, { text: await answer.text(), headers: [...answer.headers] });
    }
  });

  it('when something fails inside: the database, in every way it can, and a secret file', async () => {
    const { records, keys } = planted.superusers;
    const current = async (): Promise<number> => (await preparer.get(`/api/intakes/${id}?fields=contact`)).body.version;
    const save = async (version: number) => preparer.patch(`/api/intakes/${id}`, { version, answers });
    const expectFailed = async (what: string, make: () => Promise<unknown>, undo: () => Promise<unknown>): Promise<void> => {
      const version = await current();
      await make();
      const answer = await save(version);
      await undo();
      expectNothingIn(what, answer);
      expect([what, answer.status >= 500]).toEqual([what, true]);
    };
    for (const [where, table] of [[records, 'section'], [keys, 'lookup']] as const) {
      const trigger = `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no: %', NEW; END $$; CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse()`;
      await expectFailed(`a trigger of ${table}`, () => where(trigger), () => where(`DROP TRIGGER refuse ON ${table}; DROP FUNCTION refuse`));
      const slow = `CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('statement_timeout', '50', true); PERFORM pg_sleep(0.2); PERFORM 1/0; RETURN NEW; END $$; CREATE TRIGGER wait BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION wait()`;
      await expectFailed(`a timeout of ${table}`, () => where(slow), () => where(`DROP TRIGGER wait ON ${table}; DROP FUNCTION wait`));
      const killed = `CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NEW; END $$; ALTER FUNCTION die SECURITY DEFINER; CREATE TRIGGER die BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION die()`;
      await expectFailed(`a killed backend of ${table}`, () => where(killed), () => where(`DROP TRIGGER die ON ${table}; DROP FUNCTION die`));
    }
    const master = join(planted.directory, 'secrets', 'master.key');
    await expectFailed('no master file', async () => renameSync(master, `${master}.away`), async () => renameSync(`${master}.away`, master));
    const version = await current();
    // Whichever of the two finds the deadlock first is the one that is refused; the server says the same of both.
    const other = records(
      `SET deadlock_timeout = '5s'; BEGIN; SELECT FROM section WHERE intake_id = '${id}' FOR UPDATE; SELECT pg_sleep(1); SELECT FROM intake WHERE id = '${id}' FOR UPDATE; COMMIT`,
    ).catch((error: { code?: string }) => error.code);
    await pause(400);
    const saved = await save(version);
    expectNothingIn('a deadlock', saved);
    expect([saved.status, await other]).toEqual(saved.status === 200 ? [200, '40P01'] : [503, undefined]);
    await cutConnections(records);
    await cutConnections(keys);
    expectNothingIn('connections cut', await preparer.get(`/api/intakes/${id}?fields=${needles[0]}`));
    expect((await save(await current())).status).toBe(200);
  }, FIVE_MINUTES);

  it('in what any route gives to another role or to a stranger, or in the headers of what a preparer is given', async () => {
    const routes = await allRoutes();
    expect(routes.length).toBeGreaterThan(40);
    const asked = routes.map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(NOT_VISITED).filter((route) => !asked.includes(route))).toEqual([]);
    const run = (await planted.as('administrator').post('/api/retention/runs')).body.id as string;
    for (const { method, path } of routes) {
      if (NOT_VISITED[`${method} ${path}`]) continue;
      const filled = path.replace(/:\w+|\*\w*/g, (parameter) => valueOf(parameter, /runs|certificates/.test(path) ? run : id));
      for (const role of ['administrator', 'auditor', undefined, 'preparer']) {
        const token = role === undefined ? {} : { authorization: `Bearer ${planted.tokenOf(role)}` };
        for (const accept of ['application/json', 'text/html']) {
          const own = accept === 'text/html' && role !== undefined ? { cookie: `${SESSION_COOKIE}=${planted.tokenOf(role)}`, origin: planted.url } : token;
          const body = method === 'GET' ? {} : { body: JSON.stringify({ version: 1, answers: { taxpayer: { jobTitle: needles[1], [needles[0]!]: needles[0] } } }) };
          const headers = { accept, ...own, ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) };
          const answer = await fetch(planted.url + filled, { method, headers, redirect: 'manual', ...body });
          const text = await answer.text();
          expectNothingIn(`${role} ${accept} ${method} ${path}`, { text: role === 'preparer' ? '' : text, headers: [...answer.headers] });
        }
      }
    }
  }, FIVE_MINUTES);

  it('in what a destroyed answer leaves, what commands print, or what is left in any file, PostgreSQL’s own log included', async () => {
    expect((await preparer.post(`/api/intakes/${id}/stage`, { stage: 'prepared' })).status).toBe(200);
    await planted.anotherDay(4);
    expect((await runPurge(planted.as('administrator'))).state).toBe('finished');
    const gone = await planted.as('preparer').get(`/api/intakes/${id}?fields=taxpayer.taxpayerId`);
    expect(gone.status).toBe(410);
    expectNothingIn('destroyed', gone);
    for (const args of [['purge'], ['purge', needles[0]!]]) {
      const command = spawnProgram('cli', args, planted.directory, { THINFILE_DATA: planted.directory, TMPDIR: planted.temporary });
      await command.end();
      expect(command.printed().length).toBeGreaterThan(0);
      if (args.length === 1) expectNothingIn('a command', { text: command.printed() });
    }
    await plantControls();
    await planted.stop();
    expect(planted.printed).toContain('request.failed');
    expectNothingIn('printed', { text: planted.printed });
    expect(planted.trail.length).toBeGreaterThan(50);
    expect(planted.trail.filter((line) => traces.in(line).length > 0)).toEqual([]);

    const { files, bytes, found } = new Traces([...needles, ...CONTROLS]).below(planted.directory);
    const [controls, leaks] = [true, false].map((isControl) => found.filter((what) => CONTROLS.includes(what.split(' as ')[0]!) === isControl)) as [string[], string[]];
    expect(leaks).toEqual([]);
    expect([files > 1000, bytes > 50e6]).toEqual([true, true]);
    for (const place of [/^records\/base\//, /^records\/pg_wal\//, /^records\.log$/, /^keys\/base\//, /^keys\/pg_wal\//, /^keys\.log$/, /^temporary\//]) {
      const there = new Set(controls.flatMap((what) => (place.test(what.replace(/^.* in /, '')) ? [what.split(' as ')[0]] : [])));
      expect([place, CONTROLS.filter((control) => !there.has(control))]).toEqual([place, []]);
    }
  }, FIVE_MINUTES);
});

/** @throws Error for a parameter that no route had when this was written: say here what it is to be visited with */
function valueOf(parameter: string, anId: string): string {
  const known: Readonly<Record<string, string>> = { ':id': anId, ':topic': 'you', ':end': 'withdrawn', ':level': '0', ':key': 'many-intakes.1', ':year': '2026', '*': '000.p/1' };
  const value = known[parameter];
  if (value === undefined) throw new Error(`${parameter}: no route had this parameter yet`);
  return value;
}

/** Values in every place that is searched, so that a search that finds nothing means something. */
async function plantControls(): Promise<void> {
  for (const superuser of [planted.superusers.records, planted.superusers.keys]) {
    await superuser('CREATE TABLE control (text text)');
    await superuser('INSERT INTO control SELECT unnest($1::text[])', [CONTROLS]);
  }
  writeFileSync(join(planted.temporary, 'control'), CONTROLS.map((control) => Buffer.from(control).toString('base64')).join('\n'));
}
