import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runPurge } from '../support/run-purge.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { WebVisitor } from '../support/web-visitor.js';
import { ANSWERS } from './pages-world.js';

/** Numbers die three days after the last change, long before the rest of an intake. */
describe('a topic on which nothing can be answered any more', () => {
  let service: TestService;
  let path: string;
  let held: string;
  let visitor: WebVisitor;

  const started = async (): Promise<string> => `/intakes/${(await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: ANSWERS })).body.id}`;
  const topicsOf = ({ html }: WebVisitor) =>
    [...html.matchAll(/<li class="tf-topics__item">(.*?)<\/li>/gs)].map(([, item]) => item!.replaceAll(/<[^>]*>/g, '')).filter((item) => item.includes('('));
  const section = ({ html }: WebVisitor, id: string) => html.split('<section').find((part) => part.includes(`section-${id}-all`)) ?? '';
  const lives = ({ html }: WebVisitor) => /<dt>Taxpayer and bank numbers<\/dt><dd>(.*?)<\/dd>/s.exec(html)?.[1]?.replaceAll(/<[^>]*>/g, '');

  beforeAll(async () => {
    service = await startTestService({ now: '2027-02-01' });
    [path, held] = [await started(), await started()];
    visitor = await new WebVisitor(service.url, service.members[0]!.token).open(`${path}/review`);
    expect(topicsOf(await visitor.open(`${path}/refund`))).toEqual([]);
    await visitor.press(visitor.form);
    expect(visitor.path).toBe(`${path}/numbers?said=saved`);
    expect(lives(await visitor.open(`${path}/review`))).toBe('Readable until February 3, 2027');
    expect(section(visitor, 'numbers')).toContain('Opened only on their own page.');
    await service.databases.keysOwner(`INSERT INTO hold (id, intakes, placed_at) VALUES (gen_random_uuid(), $1, now())`, [[held.slice('/intakes/'.length)]]);
    service.clock.advanceDays(3);
    visitor = new WebVisitor(service.url, await freshToken());
  });
  afterAll(() => service?.stop());

  async function freshToken(): Promise<string> {
    const { email, password } = service.members[0]!;
    return (await service.api().post('/api/sign-in', { email, password })).body.token;
  }

  it.each(['before the run', 'after it'])('is passed over on saving, and marked in the list: %s', async (when) => {
    if (when === 'after it') expect((await runPurge(await service.signInAgain('administrator'))).state).toBe('finished');
    await visitor.open(`${path}/refund`);
    expect(topicsOf(visitor)).toEqual(['Numbers (destroyed)']);
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.path]).toEqual([200, `${path}/consents?said=saved`]);
    visitor.form.fill('consents.form15080GivenOn.day', '31');
    expect((await visitor.press(visitor.form)).status).toBe(422);
    expect(topicsOf(visitor)).toEqual(['Numbers (destroyed)']);
  });

  it('is said to be destroyed among everything entered, with its day and no way to change it', async () => {
    await visitor.open(`${path}/review`);
    expect(section(visitor, 'numbers')).toContain('Destroyed. The day is below.');
    expect(section(visitor, 'numbers')).not.toContain('href=');
    expect(lives(visitor)).toBe('Destroyed; closed since February 4, 2027');
    expect(visitor.html).not.toContain('Each topic can be changed');
    await visitor.open(`${path}/numbers`);
    expect([visitor.status, visitor.html.includes('have the client show them when the return is prepared')]).toEqual([410, true]);
  });

  it('is led to again once a rejected return asks for numbers anew', async () => {
    for (const stage of ['prepared', 'filed', 'rejected']) {
      await visitor.open(`${path}/stage`);
      visitor.form.fill('stage', stage);
      await visitor.press(visitor.form);
    }
    await visitor.open(`${path}/review`);
    expect(section(visitor, 'numbers')).toContain('They may be entered again on their own page.');
    expect(section(visitor, 'numbers')).toContain(`href="${path}/numbers"`);
    await visitor.open(`${path}/refund`);
    expect(topicsOf(visitor)).toEqual([]);
    await visitor.press(visitor.form);
    expect([visitor.status, visitor.path]).toEqual([200, `${path}/numbers?said=saved`]);
    visitor.form.fill('taxpayer.taxpayerId', '400-00-5556');
    await visitor.press(visitor.form);
    expect(section(await visitor.open(`${path}/review`), 'numbers')).toContain('Opened only on their own page.');
    expect(lives(visitor)).toBe('Readable until February 6, 2027');
  });

  it('is not called destroyed while a hold keeps it', async () => {
    await visitor.open(`${held}/review`);
    expect(section(visitor, 'numbers')).toContain('kept under a legal hold');
    expect(lives(visitor)).toBe('Kept under a legal hold, closed since February 4, 2027');
    expect(topicsOf(await visitor.open(`${held}/refund`))).toEqual(['Numbers (kept under a legal hold)']);
  });

  it('was not opened to say so, on its own page neither', async () => {
    expect((await visitor.open(`${held}/numbers`)).status).toBe(423);
    const auditor = await service.signInAgain('auditor');
    const { body } = await auditor.get(`/api/audit/events?intake=${held.slice('/intakes/'.length)}&kind=answers.read`);
    expect(body.events.length).toBeGreaterThan(0);
    for (const { subject } of body.events) {
      expect(subject.classes).not.toContain('credentials');
      expect(subject.fields.filter((field: string) => field.includes('taxpayerId'))).toEqual([]);
    }
  });

  it('leads to the rest of the intake from where a hold keeps it closed', async () => {
    expect((await visitor.open(`${held}/numbers`)).status).toBe(423);
    await visitor.follow('See what can still be read');
    expect([visitor.status, visitor.path]).toEqual([200, `${held}/review`]);
  });
});
