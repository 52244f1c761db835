import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLog } from '../../src/audit/append-entry.js';
import type { LogEntry } from '../../src/audit/entry.js';
import { noteVerification } from '../../src/audit/verify/verifications.js';
import { Sequencer } from '../../src/audit/sequencer.js';
import type { Role } from '../../src/access/signed-in.js';
import { signAll } from '../support/sign-all.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { PageClient } from './page-client.js';

const NOTE = 'A busy Saturday; I asked & everybody was there.';

/** What auditors do with the log, through the pages and the API. */
describe('the pages of auditors', () => {
  let service: TestService;
  let auditor: PageClient;
  const member = (role: Role) => service.members.find((one) => one.role === role)!;
  const intakes: string[] = [];

  beforeAll(async () => {
    service = await startTestService();
    auditor = new PageClient(service.url);
    await auditor.signIn(member('auditor'));
    const preparer = service.api('preparer');
    for (let i = 0; i < 3; i++) {
      const { body } = await preparer.post('/api/intakes', { taxYear: 2026, answers: { contact: { phone: '2025550155' } } });
      intakes.push(body.id);
      await preparer.get(`/api/intakes/${body.id}?fields=contact&purpose=review`);
    }
    for (let i = 0; i < 3; i++) await preparer.get('/api/audit/events');
    await service.api('administrator').patch('/api/site', { manyIntakes: 3 });
  });
  afterAll(() => service.stop());

  const counts = async (): Promise<readonly unknown[]> => {
    const { body } = await service.api('auditor').get('/api/audit/events?kind=log.read');
    return body.events.map((event: { context: object }) => event.context);
  };

  it('shows what stands out with its rule, and leads to the entries that it rests on', async () => {
    const { html, status } = await auditor.get('/findings');
    expect(status).toBe(200);
    expect(html).toContain('One member opened 3 or more different intakes within 60 minutes.');
    expect(html).toContain('up to 3 different intakes within an hour; 3 readings.');
    expect(html).toContain('3 refused attempts');
    expect(html).toContain('(audit.read)');
    const to = unescaped(/href="(\/entries\?kind=answers\.read[^"]*)"/.exec(html)![1]!);
    const entries = (await auditor.get(to)).html;
    expect(entries.match(/<code class="tf-quiet">answers\.read<\/code>/g)).toHaveLength(3);
    expect(entries).toContain('Only between these times');
    expect(await counts()).toContainEqual({ counts: { findings: 2 } });
  });

  it('says in words what was set, and what came of a review', async () => {
    const changed = (await auditor.get('/entries?kind=site.changed')).html;
    expect(changed).toContain('different intakes in an hour that are many, from: 3');
  });

  it('says in words what was found when the log was verified', async () => {
    const [now, finding] = [service.clock.now(), { lookedAt: 9, signedSize: 9, found: 3, unclear: 0 }];
    await service.databases.records.acrossSites((tx) =>
      noteVerification(tx, { subject: 'log', trigger: 'command', beganAt: now, endedAt: now, ...finding }, [{ kind: 'leaf-changed', index: 4 }, { kind: 'changed', index: 6 }, { kind: 'forked' }]),
    );
    const { html } = await auditor.get('/verification');
    for (const words of ['Entry at place 4: the entry itself was changed.', 'Entry at place 6: from here on something was changed', 'The log does not go on from what was signed before.']) expect(html).toContain(words);
    expect(html).not.toContain('<code>');
  });

  it('offers as a download what it shows, and nothing where a filter is in no list', async () => {
    const links = (html: string): readonly string[] => [...html.matchAll(/href="(\/api\/audit\/export\.[^"]*)"/g)].map(([, to]) => unescaped(to!));
    for (const asked of ['', 'kind=readings', 'kind=log.read&member=10000000-0000-4000-8000-000000000002', 'class=contact&purpose=review&since=2027-03-01T00:00:00Z']) {
      const offered = links((await auditor.get(`/entries?${asked}`)).html);
      const statuses = await Promise.all(offered.map(async (to) => (await service.api('auditor').get(to)).status));
      expect([asked, statuses]).toEqual([asked, [200, 200]]);
    }
    expect((await auditor.get('/entries?from=2027-03-02&to=2027-03-01')).html).toContain('This day is before the first one.');
    for (const [asked, expected] of [['kind=shoe.size', 422], ['kind=readings,log.read', 422], ['class=shoes', 422], ['purpose=fun', 422], ['member=nobody', 422], ['entry=x', 200]] as const) {
      const { status, html } = await auditor.get(`/entries?${asked}`);
      expect([asked, status, /<code class="tf-quiet">/.test(html), links(html)]).toEqual([asked, expected, false, []]);
      const [name] = asked.split('=');
      expect([asked, html.includes(`id="answer-${name}-error"`)]).toEqual([asked, expected === 422]);
    }
    // A list that leaves out what was asked would be taken for all there is.
    for (const asked of ['from=2027-03-01&from=2027-03-02', 'kind=log.read&kind=log.read', 'since=yesterday']) expect([asked, (await auditor.get(`/entries?${asked}`)).status]).toEqual([asked, 400]);
  });

  it('keeps a note beside a finding, below the open ones, until it grows', async () => {
    const path = unescaped(/href="(\/findings\/many-intakes\.\d+\?days=30)"/.exec((await auditor.get('/findings')).html)![1]!);
    for (const [fields, field] of [
      [{ outcome: 'fine', note: ' ' }, 'note'],
      [{ outcome: 'fine', note: 'It was about 400-00-5555.' }, 'note'],
      [{ outcome: 'fine', note: 'She called from (515) 555-0199.' }, 'note'],
      [{ outcome: 'fine', note: 'x'.repeat(1001) }, 'note'],
      [{ outcome: 'splendid', note: NOTE }, 'outcome'],
    ] as const) {
      const { status, html } = await auditor.post(path, fields);
      expect([status, html.includes(`id="answer-${field}-error"`)]).toEqual([422, true]);
    }
    const saved = await auditor.postAndFollow(path, { outcome: 'fine', note: NOTE });
    const [open, settled = ''] = saved.html.split('<h2 id="settled">');
    expect(open).not.toContain('up to 3 different intakes');
    expect(open).toMatch(/Nothing that nobody has looked at yet\.\s*<a href="#settled">Looked at<\/a>/);
    expect(settled).toContain('up to 3 different intakes');
    expect(settled).toContain('A busy Saturday; I asked &amp; everybody was there.');
    expect(settled).toContain(member('auditor').name);
    const { body } = await service.api('auditor').get('/api/audit/events?kind=log.reviewed');
    expect(body.events).toHaveLength(1);
    expect((await auditor.get('/entries?kind=log.reviewed')).html).toContain(`href="${path.split('?')[0]}">See what was looked at`);
    expect(body.events[0]).toMatchObject({ actor: { member: expect.any(String), role: 'auditor' }, context: { outcome: 'fine', finding: /findings\/([^?]+)/.exec(path)![1], note: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(JSON.stringify(body)).not.toContain('Saturday');

    await service.api('preparer').get(`/api/intakes/${intakes[0]}?fields=contact`);
    const grown = (await auditor.get('/findings')).html;
    expect(grown).not.toContain('<h2 id="settled">');
    expect(grown).toContain('There are new entries since somebody looked.');
  });

  it('names an entry by number and place alike in the list, alone and where it was verified', async () => {
    const [number, index] = [5, 4];
    const named = new RegExp(`Entry ${number}<br/?><span class="tf-quiet">place ${index}, published`);
    expect((await auditor.get(`/entries?entry=${number}`)).html).toMatch(named);
    const alone = (await auditor.get(`/entries/${number}`)).html;
    expect([named.test(alone), alone.includes('Its place, counted from 0,')]).toEqual([true, true]);
    expect((await auditor.get('/verification')).html).toContain(`Entry at place ${index}:`);
  });

  it('keeps a note beside an entry, and says when somebody changed it', async () => {
    const path = /href="(\/entries\/\d+)"/.exec((await auditor.get(`/entries?intake=${intakes[1]}&kind=readings`)).html)![1]!;
    const { html } = await auditor.postAndFollow(path, { outcome: 'follow-up', note: NOTE });
    expect(html).toContain('To come back to');
    expect(html).toMatch(new RegExp(`<h1>\\s*Entry ${path.split('/')[2]}\\s*</h1>`));
    expect((await auditor.get('/entries?kind=log.reviewed')).html).toContain(`href="${path}">See what was looked at`);
    expect(html).toContain('A busy Saturday');
    await service.databases.recordsOwner(`UPDATE log_review SET note = 'All fine.' WHERE entry_id = (SELECT max(entry_id) FROM log_review)`);
    const changed = (await auditor.get(path)).html;
    expect(changed).not.toContain('All fine.');
    expect(changed).toContain('Somebody changed or removed it.');
    expect((await auditor.post('/entries/999999999', { outcome: 'fine', note: NOTE })).status).toBe(404);
  });

  it('lets the service neither change nor remove a note', async () => {
    const { records } = service.databases;
    const site = (await service.databases.recordsOwner<{ id: string }>('SELECT id FROM site'))[0]!.id;
    for (const sql of ['UPDATE log_review SET note = note', 'DELETE FROM log_review']) {
      await expect(records.inSite(site, (tx) => tx.query(sql))).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('says how often, when, by whom and what for an intake was read', async () => {
    const { html } = await auditor.get(`/entries?intake=${intakes[2]}`);
    expect(html).toContain('Trail of intake');
    const facts = [...html.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, name, value]) => [name, value!.replaceAll(/<[^>]*>/g, '')]);
    expect(Object.fromEntries(facts)).toMatchObject({ 'Readings of answers among them': '1', 'Read by': `${member('preparer').name}: 1`, For: 'a review: 1' });
  });

  it('shows the readings of each day as a picture and in figures', async () => {
    const { html } = await auditor.get('/entries/over-time?by=purpose');
    expect(html).toContain('a review');
    expect(html).toMatch(/alt="Readings a day in the last 90 days: 4 in all, 4 at the most on one day/);
    const svg = await auditor.get('/entries/over-time/plot.svg?by=member&width=wide');
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    expect(svg.html).toContain(member('preparer').name);
  });

  it('leads from opened numbers to the pages of a preparer’s list on which they stand', async () => {
    const [site, log] = [(await service.databases.recordsOwner<{ id: string }>('SELECT id FROM site'))[0]!.id, service.app.get(AccessLog)];
    const [{ id: reader }] = await service.databases.recordsOwner<{ id: string }>(`SELECT id FROM member WHERE role = 'preparer'`) as [{ id: string }];
    const page: LogEntry = { kind: 'answers.read', actor: { member: reader, role: 'preparer' }, subject: { site, intakes: intakes.slice(0, 2), classes: ['preparer_list'], fields: ['taxpayer.taxpayerId'] }, context: { purpose: 'print' } };
    await service.databases.records.inSite(site, (tx) => log.append(tx, page));
    const { html } = await auditor.get('/findings');
    expect(html).toContain('1 reading of numbers, in 2 different intakes.');
    const to = unescaped(/href="(\/entries\?[^"]*class=numbers[^"]*)"/.exec(html)![1]!);
    const entries = await auditor.get(to);
    expect(entries.html.match(/<code class="tf-quiet">answers\.read<\/code>/g)).toHaveLength(1);
    expect(entries.html).toMatch(/<option value="numbers" selected/);
    const csv = unescaped(/href="(\/api\/audit\/export\.csv[^"]*)"/.exec(entries.html)![1]!);
    expect((await service.api('auditor').get(csv)).text.split('\r\n')).toHaveLength(3);
  });

  describe('an old checkpoint', () => {
    const check = (checkpoint: string) => auditor.post('/verification', { checkpoint });
    let old: string;

    it('is genuine, and contained', async () => {
      await signAll(service.app);
      old = (await service.api('auditor').get('/api/audit/checkpoint')).text;
      await auditor.get('/entries');
      await service.app.get(Sequencer).drain();
      const page = await auditor.get('/verification');
      expect(page.html).toContain('The log is being signed.');
      // The service signs on its own meanwhile: the page shows the newest there is.
      const shown = /<pre class="tf-note"[^>]*>(thinfile\/[0-9a-f]{32})\n(\d+)\n/.exec(page.html)!;
      expect([shown[1], Number(shown[2]) >= Number(old.split('\n')[1])]).toEqual([old.split('\n')[0], true]);
      const [name, signature] = /^\u2014 (\S+) (\S+)$/mu.exec(old)!.slice(1);
      const mailed = [
        `Dear board,\n\nhere it is:\n${old}\nRegards\n-- Aurelio Auditor`,
        old.split('\n').map((line) => `> > ${line} `).join('\n'),
        old.replace('\u2014 ', '- '),
        old.replace(`${name} ${signature}`, `${name}\n${signature}`),
        old.replaceAll('\n', '\n\n'),
      ];
      for (const pasted of [old, `\n ${old.replaceAll('\n', '\r\n')}\n\n`, old.trimEnd(), ...mailed]) {
        const { status, html } = await check(pasted);
        expect([status, html.includes('Genuine, and the log of today contains all of it')]).toEqual([200, true]);
      }
    });

    it('is not one, or not ours', async () => {
      expect((await check('hello')).html).toContain('This is not a checkpoint');
      const lines = old.split('\n');
      expect((await check(old.slice(0, old.indexOf('\u2014') + 20))).html).toContain('This is not a checkpoint');
      expect((await check([lines[0], String(Number(lines[1]) - 1), ...lines.slice(2)].join('\n'))).html).toContain('was not signed by this log’s key');
      expect((await check(old.replaceAll('thinfile/', 'thinfile/0'))).html).toContain('was not signed by this log’s key');
    });

    it('is genuine, and not contained in a log that was changed', async () => {
      const { recordsOwner } = service.databases;
      const [kept] = await recordsOwner<{ leaf_hash: Buffer }>('SELECT leaf_hash FROM log_index WHERE index = 1');
      await recordsOwner('UPDATE log_index SET leaf_hash = sha256(leaf_hash) WHERE index = 1');
      const { html } = await check(old);
      await recordsOwner('UPDATE log_index SET leaf_hash = $1 WHERE index = 1', [kept!.leaf_hash]);
      expect(html).toContain('entries are not the ones that were signed');
      expect(html).toContain('Keep this checkpoint as evidence');
      expect((await check(old)).html).toContain('contains all of it');
    });

    it('cannot be proved to anybody where hashes are missing, and the page says so', async () => {
      const { recordsOwner } = service.databases;
      expect((await auditor.get('/verification')).html).not.toContain('No proofs can be given');
      const [gone] = await recordsOwner<{ entry_id: number; leaf_hash: Buffer }>('DELETE FROM log_index WHERE index = 1 RETURNING entry_id, leaf_hash');
      const { html } = await auditor.get('/verification');
      const proof = await service.api('auditor').get('/api/audit/proof/inclusion?index=0');
      await recordsOwner('INSERT INTO log_index (index, entry_id, leaf_hash) VALUES (1, $1, $2)', [gone!.entry_id, gone!.leaf_hash]);
      expect([proof.status, html.includes('missing from the database at place 1. No proofs can be given')]).toEqual([503, true]);
    });

    it('is genuine, and of more entries than there are', async () => {
      const { recordsOwner } = service.databases;
      const [head] = await recordsOwner<{ size: string; frontier: Buffer }>('SELECT size, frontier FROM log_head');
      await recordsOwner(`UPDATE log_head SET size = 0, frontier = ''`);
      const { html } = await check(old);
      await recordsOwner('UPDATE log_head SET size = $1, frontier = $2', [head!.size, head!.frontier]);
      expect(html).toMatch(/it had \d+ entries then, and has 0 now/);
    });
  });
});

function unescaped(path: string): string {
  return path.replaceAll('&amp;', '&');
}
