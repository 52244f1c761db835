import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePeople, signIn } from '../access/matrix/people.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../support/test-service.js';
import { strays } from './declared-shape.js';

const NOTE = 'A busy Saturday; everybody was there.';

let service: TestService;
let auditor: ApiClient;
let elsewhere: ApiClient;
const intakes: string[] = [];

beforeAll(async () => {
  service = await startTestService();
  auditor = service.api('auditor');
  const people = await makePeople(service);
  elsewhere = apiClient(service.url, await signIn(service.app, people.ofElsewhere.auditor));
  const preparer = service.api('preparer');
  await service.api('administrator').patch('/api/site', { manyIntakes: 3 });
  for (let i = 0; i < 3; i++) {
    const { body } = await preparer.post('/api/intakes', { taxYear: 2026, answers: { contact: { phone: '2025550155' } } });
    intakes.push(body.id);
    await preparer.get(`/api/intakes/${body.id}?fields=contact`);
  }
});
afterAll(() => service.stop());

interface Listed {
  readonly key: string;
  readonly detector: string;
  readonly settled: boolean;
  readonly last: number;
  readonly member: string;
  readonly reviews: readonly { readonly member: string }[];
}

async function manyIntakes(): Promise<Listed | undefined> {
  const { body } = await auditor.get('/api/audit/findings');
  return body.findings.find(({ detector }: Listed) => detector === 'many-intakes');
}

const newestOf = async (kind: string) => (await auditor.get(`/api/audit/events?kind=${kind}`)).body.events[0];

describe('what stands out, over the API', () => {
  it('is what the page shows, named so that it can be asked for, and looking is an entry', async () => {
    const { status, body } = await auditor.get('/api/audit/findings?days=7');
    expect(status).toBe(200);
    expect(Date.parse(body.before) - Date.parse(body.from)).toBe(7 * 86_400_000);
    expect(body.findings).toContainEqual(expect.objectContaining({ detector: 'many-intakes', entries: 3, intakes: 3, settled: false, reviews: [], member: expect.any(String) }));
    expect(body.more).toEqual([]);
    expect((await newestOf('log.read')).context).toEqual({ counts: { findings: body.findings.length } });
    expect((await elsewhere.get('/api/audit/findings')).body.findings).toEqual([]);
  });

  it.each(['days=8', 'days=', 'days=30&days=7', 'member=1'])('is not given for what is not understood: %s', async (asked) => {
    const { status, body } = await auditor.get(`/api/audit/findings?${asked}`);
    expect([status, body.code]).toEqual([422, 'INVALID_INPUT']);
  });
});

describe('a note, over the API', () => {
  it('settles a finding until it grows, and is an entry without the text', async () => {
    const { key, last } = (await manyIntakes())!;
    const written = await auditor.post('/api/audit/reviews', { finding: key, outcome: 'explained', note: NOTE });
    expect([written.status, written.body]).toEqual([201, { id: expect.any(Number) }]);
    const entry = await newestOf('log.reviewed');
    expect(entry).toMatchObject({ id: written.body.id, context: { finding: key, last, outcome: 'explained', note: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(JSON.stringify(entry)).not.toContain('Saturday');
    const review = { id: written.body.id, at: expect.any(String), member: entry.actor.member, outcome: 'explained', note: NOTE, last };
    expect(await manyIntakes()).toMatchObject({ settled: true, reviews: [review] });
    expect((await auditor.get(`/api/audit/reviews?finding=${key}`)).body).toEqual({ reviews: [review] });
    expect((await newestOf('log.read')).context).toEqual({ counts: { notes: 1 } });
    expect((await elsewhere.get(`/api/audit/reviews?finding=${key}`)).body).toEqual({ reviews: [] });

    await service.api('preparer').get(`/api/intakes/${intakes[0]}?fields=contact`);
    expect(await manyIntakes()).toMatchObject({ settled: false, reviews: [review] });
  });

  it('of whoever it is about settles nothing, whichever account they have by now', async () => {
    const { key, reviews, member: about } = (await manyIntakes())!;
    const auditorId = reviews[0]!.member;
    await service.databases.recordsOwner('UPDATE member SET earlier_id = $1 WHERE id = $2', [about, auditorId]); // as if the preparer had come back
    expect((await auditor.post('/api/audit/reviews', { finding: key, outcome: 'fine', note: NOTE })).status).toBe(201);
    expect((await manyIntakes())!.settled).toBe(false);
    await service.databases.recordsOwner('UPDATE member SET earlier_id = NULL WHERE id = $1', [auditorId]);
    expect((await manyIntakes())!.settled).toBe(true);
  });

  it('stays beside an entry, and is said to be changed when somebody changed it', async () => {
    const entry = (await newestOf('answers.read')).id as number;
    const { body } = await auditor.post('/api/audit/reviews', { entry, outcome: 'follow-up', note: NOTE });
    const listed = async () => (await auditor.get(`/api/audit/reviews?entry=${entry}`)).body.reviews;
    expect(await listed()).toEqual([{ id: body.id, at: expect.any(String), member: expect.any(String), outcome: 'follow-up', note: NOTE }]);
    expect((await elsewhere.get(`/api/audit/reviews?entry=${entry}`)).status).toBe(404);
    expect((await elsewhere.post('/api/audit/reviews', { entry, outcome: 'fine', note: NOTE })).status).toBe(404);
    await service.databases.recordsOwner(`UPDATE log_review SET note = 'All fine.' WHERE entry_id = $1`, [body.id]);
    expect(await listed()).toEqual([{ id: body.id, at: expect.any(String), member: expect.any(String), outcome: 'follow-up', changed: true }]);
  });

  it.each([
    ['the outcome was changed', `UPDATE log_part SET context = replace(context, 'follow-up', 'fine') WHERE entry_id = $1`],
    ['who wrote it was changed', `UPDATE log_part SET actor = replace(actor, 'auditor', 'preparer') WHERE entry_id = $1`],
    ['everything was deleted', 'DELETE FROM log_part WHERE entry_id = $1'],
  ])('does not vanish, and settles nothing, where %s in the database', async (_, sql) => {
    const { key } = (await manyIntakes())!;
    const owner = (text: string, ...parameters: unknown[]) => service.databases.recordsOwner<Record<string, unknown>>(text, parameters);
    expect((await auditor.post('/api/audit/reviews', { finding: key, outcome: 'fine', note: NOTE })).status).toBe(201);
    const { body: written } = await auditor.post('/api/audit/reviews', { finding: key, outcome: 'follow-up', note: NOTE });
    const [kept] = await owner('SELECT * FROM log_part WHERE entry_id = $1', written.id);
    await owner(sql, written.id);
    const lost = { id: written.id, at: expect.any(String), outcome: 'unreadable', changed: true };
    expect(await manyIntakes()).toMatchObject({ settled: false });
    expect((await manyIntakes())!.reviews.at(-1)).toMatchObject(lost);
    expect((await manyIntakes())!.reviews.at(-1)).not.toHaveProperty('member');
    expect((await auditor.get(`/api/audit/reviews?finding=${key}`)).body.reviews.at(-1)).toMatchObject(lost);
    await owner('DELETE FROM log_part WHERE entry_id = $1', written.id);
    await owner(`INSERT INTO log_part (${Object.keys(kept!).join(', ')}) VALUES (${Object.keys(kept!).map((_name, i) => `$${i + 1}`).join(', ')})`, ...Object.values(kept!));
    expect((await manyIntakes())!.reviews.at(-1)).toMatchObject({ outcome: 'follow-up', note: NOTE });
  });

  it.each<[string, object, readonly string[]]>([
    ['neither a finding nor an entry', { outcome: 'fine', note: NOTE }, ['finding', 'entry']],
    ['both', { finding: 'many-intakes.1', entry: 1, outcome: 'fine', note: NOTE }, ['finding', 'entry']],
    ['another outcome', { entry: 1, outcome: 'splendid', note: NOTE }, ['outcome']],
    ['a blank', { entry: 1, outcome: 'fine', note: ' ' }, ['note']],
    ['a number of somebody', { entry: 1, outcome: 'fine', note: 'It was about 400-00-5555.' }, ['note']],
    ['too long a text', { entry: 1, outcome: 'fine', note: 'x'.repeat(1001) }, ['note']],
    ['other days', { finding: 'many-intakes.1', days: 8, outcome: 'fine', note: NOTE }, ['days']],
    ['half an entry', { entry: 1.5, outcome: 'fine', note: NOTE }, ['entry']],
  ])('is refused by name: %s', async (_, body, fields) => {
    const before = (await newestOf('log.reviewed')).id;
    const answer = await auditor.post('/api/audit/reviews', body);
    expect([answer.status, answer.body.code, answer.body.fields]).toEqual([422, 'INVALID_INPUT', fields]);
    expect((await newestOf('log.reviewed')).id).toBe(before);
  });

  it('is of something that is there', async () => {
    for (const about of [{ finding: 'many-intakes.999999999' }, { finding: 'hello' }, { entry: 999_999_999 }]) {
      expect((await auditor.post('/api/audit/reviews', { ...about, outcome: 'fine', note: NOTE })).status).toBe(404);
    }
    for (const asked of ['finding=hello', 'entry=999999999']) expect((await auditor.get(`/api/audit/reviews?${asked}`)).status).toBe(404);
    for (const asked of ['', 'entry=x', 'entry=1&finding=many-intakes.1']) expect((await auditor.get(`/api/audit/reviews?${asked}`)).status).toBe(422);
  });

  it('has the shape that is published', async () => {
    const { components, paths } = (await service.api().get('/openapi.json')).body;
    const answers = { findings: await auditor.get('/api/audit/findings'), reviews: await auditor.get(`/api/audit/reviews?finding=${(await manyIntakes())!.key}`) };
    for (const [name, { body }] of Object.entries(answers)) {
      expect([name, strays(body, paths[`/api/audit/${name}`].get.responses[200].content['application/json'].schema, components.schemas)]).toEqual([name, []]);
    }
  });
});

describe('what stood out long ago', () => {
  it('is found with the note for a year', async () => {
    const { key } = (await manyIntakes())!;
    service.clock.advanceDays(200);
    const later = await service.signInAgain('auditor');
    const found = async (days: number) => (await later.get(`/api/audit/findings?days=${days}`)).body.findings.find((one: Listed) => one.key === key);
    expect(await found(90)).toBeUndefined();
    expect(await found(365)).toMatchObject({ key, reviews: expect.arrayContaining([expect.objectContaining({ note: NOTE })]) });
  });
});
