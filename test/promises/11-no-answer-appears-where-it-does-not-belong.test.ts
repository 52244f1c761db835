import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { foundSite, signInAll, type SignedInMember } from '../../src/demo/members.js';
import { EventLog } from '../../src/platform/event-log.js';
import { Settings } from '../../src/platform/settings.js';
import { startService, type RunningService } from '../../src/start-service.js';
import { plant } from '../support/planted.js';
import { runPurge } from '../support/run-purge.js';
import { TestClock } from '../support/test-clock.js';
import { apiClient, type ApiClient } from '../support/test-service.js';

const directory = mkdtempSync(join(tmpdir(), 'thinfile-promise-11-'));
const clock = new TestClock(new Date('2027-02-01T17:00:00Z'));
const { answers, needles } = plant();
const said: string[] = [];
/** Answers of the server to whoever may not read, and refusals to whoever may. */
const refusals: string[] = [];

let service: RunningService;
let members: readonly SignedInMember[];
let preparer: ApiClient;
let id: string;

const as = (role: string): ApiClient => apiClient(service.url, members.find((member) => member.role === role)!.token);

function found(text: string): string[] {
  return needles.filter((needle) => text.toLowerCase().includes(needle.toLowerCase()));
}

beforeAll(async () => {
  const settings = new Settings({ dataDirectory: directory, port: 0, allowNeverIssuedNumbers: true });
  service = await startService(settings, clock, new EventLog(() => clock.now(), { write: (line) => void said.push(line) }));
  members = await signInAll(service.app, await foundSite(service.app));
  await as('administrator').patch('/api/site', { collectCredentials: true, collectNotes: true });
  preparer = as('preparer');
  const created = await preparer.post('/api/intakes', { taxYear: 2026, answers });
  expect([created.status, created.body.fields]).toEqual([201, undefined]);
  id = created.body.id;
});
afterAll(async () => {
  await service.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('no answer appears in a log line, an error, a URL, a temporary file or the access log', () => {
  it('while a preparer works: everything comes back to them alone', async () => {
    const everything = Object.keys(answers).join(',');
    const read = await preparer.get(`/api/intakes/${id}?fields=${everything},taxpayer.taxpayerId,household.taxpayerId`);
    expect(found(read.text).length).toBeGreaterThan(20);
    const { taxpayer, contact } = answers as Record<string, Record<string, string>>;
    expect((await preparer.post('/api/intakes/search', { taxpayerId: taxpayer!['taxpayerId'] })).body.matches).toEqual([{ id }]);
    expect((await preparer.post('/api/intakes/search', { phone: contact!['phone'] })).body.matches).toEqual([{ id }]);
    expect((await preparer.patch(`/api/intakes/${id}`, { version: 1, answers: { household: answers['household'] } })).status).toBe(200);
    expect((await preparer.post(`/api/intakes/${id}/stage`, { stage: 'prepared' })).status).toBe(200);
    expect(found((await preparer.get('/api/intakes')).text)).toHaveLength(1); // the name
  });

  it('in refusals, whatever is wrong', async () => {
    const wrong = Object.fromEntries(needles.map((needle, i) => [`unknown${i}`, needle]));
    const bodies: [string, object][] = [
      ['/api/intakes', { taxYear: 2026, answers: { taxpayer: wrong } }],
      ['/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: { deep: needles }, dateOfBirth: needles[0], taxpayerId: needles[1] } } }],
      ['/api/intakes', { taxYear: needles[0], ...wrong }],
      ['/api/intakes/search', wrong],
      ['/api/intakes/search', { lastName: needles[0], dateOfBirth: needles[0] }],
      ['/api/sign-in', { email: `${needles[0]}@example.org`, password: needles.join(' ') }],
      [`/api/intakes/${id}/stage`, { stage: needles[0] }],
    ];
    for (const [path, body] of bodies) {
      const { status, text } = await preparer.post(path, body);
      expect([path, status]).toEqual([path, expect.any(Number)]);
      expect(status).toBeGreaterThanOrEqual(400);
      refusals.push(text);
    }
    refusals.push((await preparer.patch(`/api/intakes/${id}`, { version: 1, answers })).text);
    const broken = await fetch(`${service.url}/api/intakes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"a": "${needles.join()}` });
    refusals.push(await broken.text());
    expect(refusals.flatMap(found)).toEqual([]);
  });

  it('in what the other roles are given', async () => {
    const paths = ['/api/intakes', `/api/intakes/${id}`, '/api/members', '/api/retention/policy', '/api/retention/runs', '/api/audit/events', '/api/site'];
    const pages = ['/', '/intakes', `/intakes/${id}/you`, `/intakes/${id}/review`, '/members', '/runs', '/entries', '/policy', '/what-we-hold', '/settings'];
    for (const role of ['administrator', 'auditor']) {
      for (const path of [...paths, ...pages]) {
        const { text, headers } = await as(role).get(path).set('accept', path.startsWith('/api') ? 'application/json' : 'text/html');
        expect([role, path, found(text + JSON.stringify(headers))]).toEqual([role, path, []]);
      }
    }
  });

  it('in the raw files of both databases, write-ahead log and all, the secret files, or anything that was printed', async () => {
    clock.advanceDays(4);
    members = await signInAll(service.app, members);
    expect((await runPurge(as('administrator'))).state).toBe('finished');
    await service.stop();
    expect(said.length).toBeGreaterThan(0);
    expect(said.flatMap(found)).toEqual([]);
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(directory, name)).isFile());
    expect(files.length).toBeGreaterThan(1000);
    const hits = files.flatMap((name) => {
      const content = readFileSync(join(directory, name));
      return needles.filter((needle) => content.includes(needle)).map((needle) => `${needle} in ${name}`);
    });
    expect(hits).toEqual([]);
  });
});
