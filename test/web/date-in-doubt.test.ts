import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { foundSite, type DemoMember } from '../../src/demo/members.js';
import { addDays, Clock } from '../../src/platform/clock.js';
import { PageClient } from './page-client.js';
import { startEmptyService, type EmptyService } from './empty-service.js';

describe('the page of runs while the date is in doubt', () => {
  let service: EmptyService;
  let client: PageClient;
  const clock = Clock.system();
  const today = () => clock.today('America/New_York');

  beforeAll(async () => {
    service = await startEmptyService(clock);
    const members: readonly DemoMember[] = await foundSite(service.app);
    await service.databases.keysOwner('UPDATE key_store SET last_run_day = $1', [addDays(today(), -9)]);
    client = new PageClient(service.url);
    await client.signIn(members.find(({ role }) => role === 'administrator')!);
  });
  afterAll(() => service.stop());

  it('asks for the date, and starts nothing with a wrong one', async () => {
    expect((await client.get('/runs')).html).toContain('name="confirmToday"');
    for (const confirmToday of [addDays(today(), 1), 'tomorrow', '']) {
      const { status, html } = await client.post('/runs', { confirmToday });
      expect([status, html.includes('id="answer-confirmToday-error"')]).toEqual([422, true]);
    }
    expect((await client.get('/runs')).html).toContain('No run yet.');
  });

  it('starts the run with the right one', async () => {
    expect(await client.post('/runs', { confirmToday: today() })).toMatchObject({ status: 303, location: expect.stringMatching(/^\/runs\//) });
  });
});
