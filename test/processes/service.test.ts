import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { spawnProgram, type Spawned } from '../support/spawned.js';
import { apiClient, type ApiClient } from '../support/test-service.js';

const directory = mkdtempSync(join(tmpdir(), 'thinfile-service-'));
const PASSWORD = 'seven grey herons wade upstream';
const environment = { THINFILE_DATA: directory, PORT: '0' };
let service: Spawned | undefined;

async function start(): Promise<{ service: Spawned; url: string }> {
  service = spawnProgram('main', [], directory, environment);
  const [, url] = await service.waitFor(/Thinfile is at (\S+)/);
  return { service, url: url! };
}

afterEach(async () => {
  await service?.end('SIGINT');
  service = undefined;
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the service as a process', () => {
  it('prints a set-up link that works once, and starts again after it was killed', async () => {
    const first = await start();
    const [, token] = await first.service.waitFor(/set-up\?token=(\S+)/);
    const body = {
      token,
      organisation: 'Riverside',
      site: 'Library',
      timeZone: 'America/Chicago',
      name: 'Ada Administrator',
      email: 'ada@example.org',
      password: PASSWORD,
    };
    const setUp = (): Promise<Response> => post(`${first.url}/api/set-up`, body);
    expect((await setUp()).status).toBe(201);
    expect((await setUp()).status).toBe(404);
    await first.service.end('SIGKILL');

    const second = await start();
    expect(second.service.printed()).not.toContain('set-up?token');
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
    const signIn = await post(`${second.url}/api/sign-in`, { email: body.email, password: body.password });
    expect([signIn.status, ((await signIn.json()) as { member: { role: string } }).member.role]).toEqual([200, 'administrator']);
  });

  it('refuses a second one on the same data, while a command may work beside it', async () => {
    await start();
    const other = spawnProgram('main', [], directory, environment);
    expect(await other.end()).toBe(1);
    expect(other.printed()).toContain('is running on');
    const purge = spawnProgram('cli', ['purge'], directory, environment);
    expect([await purge.end(), purge.printed()]).toEqual([0, expect.stringContaining('finished')]);
  });

  it('lets a command work without it, and fail with a non-zero exit', async () => {
    const purge = spawnProgram('cli', ['purge'], directory, environment);
    expect([await purge.end(), purge.printed()]).toEqual([0, expect.stringContaining('finished')]);
    const wrong = spawnProgram('cli', ['purge', '--confirm-today', 'tomorrow'], directory, environment);
    expect(await wrong.end()).toBe(1);
  });

  it('refuses numbers that were never issued to anybody: those are for demonstrations', async () => {
    const { url } = await start();
    const signIn = async (email: string): Promise<ApiClient> =>
      apiClient(url, ((await (await post(`${url}/api/sign-in`, { email, password: PASSWORD })).json()) as { token: string }).token);
    const administrator = await signIn('ada@example.org');
    const invited = await administrator.post('/api/invitations', { name: 'Priya', email: 'priya@example.org', role: 'preparer' });
    const token = new URL(invited.body.link).searchParams.get('token');
    await post(`${url}/api/join`, { token, password: PASSWORD });
    await administrator.patch('/api/site', { collectCredentials: true });
    const preparer = await signIn('priya@example.org');
    const create = (taxpayerId: string) => preparer.post('/api/intakes', { taxYear: new Date(Date.now()).getFullYear(), answers: { taxpayer: { taxpayerId } } });
    const refused = await create('400-00-1234');
    expect([refused.status, refused.body.fields]).toEqual([422, ['taxpayer.taxpayerId']]);
    expect(JSON.stringify(refused.body)).not.toContain('00-1234');
    expect((await create('987-65-4320')).status).toBe(201); // an ITIN by its shape
  });
});

function post(url: string, body: object): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}
