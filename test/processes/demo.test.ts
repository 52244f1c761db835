import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { apiClient, type ApiClient } from '../support/test-service.js';
import { spawnProgram, type Spawned } from '../support/spawned.js';

const directory = mkdtempSync(join(tmpdir(), 'thinfile-demo-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Details {
  readonly url: string;
  readonly members: readonly { role: string; email: string; password: string; token: string }[];
}

async function demo(...args: string[]): Promise<{ demo: Spawned; details: Details; preparer: ApiClient }> {
  const started = spawnProgram('demo', ['--port', '0', '--data', join(directory, 'data'), ...args], directory);
  await started.waitFor(/Ctrl-C ends it/);
  const details = JSON.parse(readFileSync(join(directory, 'var', 'demo.json'), 'utf8')) as Details;
  return { demo: started, details, preparer: apiClient(details.url, details.members[0]!.token) };
}

describe('the demonstration', () => {
  it('keeps its data and sign-ins, and lets answers go when its calendar has passed their days', async () => {
    const first = await demo('--now', '2027-02-01');
    expect(first.details.members.map(({ role }) => role)).toEqual(['preparer', 'administrator', 'auditor', 'preparer', 'administrator']);
    const { body } = await first.preparer.get('/api/intakes');
    expect(body.intakes.length).toBe(12);
    const id: string = body.intakes[0].id;
    expect((await first.preparer.get(`/api/intakes/${id}?fields=taxpayer.taxpayerId`)).body.answers.taxpayer.taxpayerId).toMatch(/-00-/);
    expect(await first.demo.end('SIGINT')).toBe(0);

    const second = await demo('--now', '2027-02-20');
    expect(second.details.members.map(({ password }) => password)).toEqual(first.details.members.map(({ password }) => password));
    expect((await second.preparer.get(`/api/intakes/${id}`)).status).toBe(200);
    expect((await second.preparer.get(`/api/intakes/${id}?fields=taxpayer.taxpayerId`)).status).toBe(410);
    expect(await second.demo.end('SIGTERM')).toBe(0);

    const third = await demo('--now', '2027-02-10'); // the calendar does not go back
    expect((await third.preparer.post('/api/intakes', { taxYear: 2026 })).status).toBe(201);
    expect((await third.preparer.get('/api/intakes')).body.intakes[0].createdDay).toBe('2027-02-20');
    const administrator = apiClient(third.details.url, third.details.members[1]!.token);
    const { members } = (await administrator.get('/api/members')).body as { members: { id: string; email: string }[] };
    const left = members.find(({ email }) => email === 'preparer2@example.org')!;
    expect((await administrator.post(`/api/members/${left.id}/disable`)).status).toBeLessThan(300);
    await third.demo.end('SIGINT');

    const fourth = await demo('--now', '2027-05-01'); // with whom can still sign in
    expect(fourth.details.members.map(({ token }) => token !== undefined)).toEqual([true, true, true, false, true]);
    expect((await fourth.preparer.get(`/api/intakes/${id}`)).body.code).toBe('DESTROYED');
    expect((await fourth.preparer.get('/api/intakes')).body.intakes).toEqual([]);
    await fourth.demo.end('SIGINT');
  });

  it('collects no numbers when told so', async () => {
    const started = spawnProgram('demo', ['--port', '0', '--credentials', 'off'], directory);
    await started.waitFor(/Ctrl-C ends it/);
    const details = JSON.parse(readFileSync(join(directory, 'var', 'demo.json'), 'utf8')) as Details;
    const preparer = apiClient(details.url, details.members[0]!.token);
    const answers = { taxpayer: { taxpayerId: '400-00-1234' } };
    expect((await preparer.post('/api/intakes', { taxYear: 2026, answers })).body.code).toBe('NOT_COLLECTED');
    expect((await preparer.get('/api/intakes')).body.intakes.length).toBe(12);
    expect(await started.end('SIGINT')).toBe(0);
  });
});
