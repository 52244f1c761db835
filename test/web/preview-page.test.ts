import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SESSION_COOKIE } from '../../src/access/session-token.js';
import type { Role } from '../../src/access/signed-in.js';
import { signInAll } from '../../src/demo/members.js';
import { launchBrowser } from '../support/browser.js';
import { runPurge } from '../support/run-purge.js';
import { WebVisitor } from '../support/web-visitor.js';
import { startPagesWorld, type PagesWorld } from './pages-world.js';

const LEAD = /<p class="tf-intro"><strong>(.*?)<\/strong>/s;

/** One season from its first intake to the night before its end, in order. */
describe('the page of what will be destroyed', () => {
  let world: PagesWorld;
  let paths: readonly string[];
  beforeAll(async () => {
    world = await startPagesWorld();
  });
  afterAll(() => world.service.stop());

  it('says at a site without intakes that nothing will be', async () => {
    const { status, html } = await world.as('auditor').open('/retention/preview');
    expect([status, LEAD.exec(html)?.[1]]).toEqual([200, 'Today, February 1, 2027, in the next run, nothing will be destroyed.']);
    expect(html).toContain('Nothing is due in the next 90 days.');
  });

  it('names how it stands on the first day, before any run, by that day, in the figures as under the picture', async () => {
    const { html } = await world.as('auditor').open('/retention/preview');
    const figures = html.split('tf-table--figures')[1]!.replace(/<[^>]*>/g, '|').replace(/\|+/g, '|');
    expect(figures.match(/[^|]*\|? ?\(now\)/g)).toEqual(['February 1, 2027| (now)']);
    expect(figures).not.toContain('January');
    expect(html).toContain('by kind of answers, from February 1, 2027 to ');
  });

  it('says in its first sentence what goes tonight, of how many intakes, and what a hold keeps', async () => {
    paths = [await world.started(), await world.started()];
    world.service.clock.advanceDays(29);
    await runPurge(await world.service.signInAgain('administrator'));
    await hold('{contact}', paths[1]!);
    const visitor = await (await window('administrator')).open('/runs');
    await visitor.follow('See what will be destroyed next, of which intakes, and why');
    expect(LEAD.exec(visitor.html)?.[1]).toBe(
      'Tonight, in the run of March 3, 2027, answers of 2 intakes will be destroyed: ' +
        'contact details, names and birth dates, mailing addresses, people in the home, facts of the tax year, and consents given. ' +
        'Of 1 intake, answers that are due stay: a legal hold keeps them.',
    );
  });

  it('names the intakes by their numbers alone, with the rule that gave each day', async () => {
    const { html } = await (await window('auditor')).open('/retention/preview');
    for (const path of paths) expect(html).toContain(path.slice('/intakes/'.length));
    expect(html).toContain('untouched since February 1, 2027, and 30 days');
    expect(html).toContain('Kept: a legal hold names this kind of answers and this intake.');
    expect(html).not.toContain('Ferreira');
  });

  it('shows another day, and says which days there are', async () => {
    const visitor = await (await window('auditor')).open('/retention/preview');
    await visitor.open('/retention/preview?asOf=2027-03-20');
    expect(LEAD.exec(visitor.html)?.[1]).toContain('Until and on March 20, 2027, if nobody works on anything, answers of 2 intakes');
    for (const wrong of ['2027-03-01', '2028-12-31', 'soon', '2027-02-30']) {
      await visitor.open(`/retention/preview?asOf=${wrong}`);
      expect([wrong, visitor.status, visitor.html.includes('id="answer-asOf-error"')]).toEqual([wrong, 422, true]);
    }
  });

  it('says in Spanish what it says in English', async () => {
    const headers = { cookie: `${SESSION_COOKIE}=${await token('auditor')}`, 'accept-language': 'es' };
    const spanish = await fetch(`${world.service.url}/retention/preview`, { headers });
    expect(LEAD.exec(await spanish.text())?.[1]).toContain('Esta noche, en la destrucción del 3 de marzo de 2027, se destruirán respuestas de 2 expedientes:');
  });

  it('draws what is held over time where no style or script of the picture’s own is allowed', async () => {
    const browser = await launchBrowser();
    try {
      for (const width of [360, 1280]) {
        const context = await browser.newContext({ viewport: { width, height: 800 } });
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
        const { hostname } = new URL(world.service.url);
        await context.addCookies([{ name: SESSION_COOKIE, value: await token('auditor'), domain: hostname, path: '/', secure: true, httpOnly: true }]);
        await page.goto(`${world.service.url}/retention/preview`);
        const drawn = await page.evaluate<{ width: number; shown: number }>(
          "(({ naturalWidth, clientWidth }) => ({ width: naturalWidth, shown: clientWidth }))(document.querySelector('.tf-plot img'))",
        );
        expect(drawn.width).toBe(width === 360 ? 328 : 984);
        expect(drawn.shown).toBe(drawn.width); // its text is as large as it was drawn
        expect(complaints).toEqual([]);
        if (process.env['SHOT']) await page.screenshot({ path: `/tmp/shots/real-${width}.png`, fullPage: true });
        await context.close();
      }
    } finally {
      await browser.close();
    }
  });

  /** With a session of today: the world's own ran out weeks ago. */
  async function window(role: Role): Promise<WebVisitor> {
    return new WebVisitor(world.service.url, await token(role));
  }

  async function token(role: Role): Promise<string> {
    const [again] = await signInAll(world.service.app, [world.service.members.find((member) => member.role === role)!]);
    return again!.token;
  }

  function hold(classes: string, path: string): Promise<unknown> {
    const columns = 'INSERT INTO hold (id, intakes, classes, placed_at) VALUES (gen_random_uuid(), $1, $2, now())';
    return world.service.databases.keysOwner(columns, [[path.slice('/intakes/'.length)], classes]);
  }
});
