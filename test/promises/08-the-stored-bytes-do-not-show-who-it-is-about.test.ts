import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { controlsOf, enterHousehold, overHttp, type Typist } from '../support/enter-household.js';
import { storedShape } from '../support/stored-shape.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';
import { ALONE, SEVEN } from '../support/unlike-households.js';
import { WebVisitor } from '../support/web-visitor.js';
import { WrittenAhead, type Written } from '../support/written-ahead.js';

let service: TestService;
let api: ApiClient;
let records: WrittenAhead;
let keys: WrittenAhead;
beforeAll(async () => {
  service = await startTestService();
  api = service.api('preparer');
  records = await WrittenAhead.of(service.databases.recordsOwner);
  keys = await WrittenAhead.of(service.databases.keysOwner);
});
afterAll(async () => {
  await records?.close();
  await keys?.close();
  await service.stop();
});

interface Entered {
  readonly id: string;
  /** Where each save led. */
  readonly pages: readonly string[];
  readonly written: readonly [Written, Written];
}

/** As a preparer types it, page by page in the order of the form; then looked through, prepared, listed and searched. */
async function throughTheForm(answers: object): Promise<Entered> {
  const visitor = new WebVisitor(service.url, service.members[0]!.token);
  const pages: string[] = [];
  return watched(async () => {
    const { id, untyped } = await enterHousehold(noting(overHttp(visitor), pages), answers as Record<string, unknown>);
    expect(untyped).toEqual([]);
    await visitor.open(`/intakes/${id}/stage`);
    visitor.form.fill('stage', 'prepared');
    await visitor.press(visitor.form);
    await visitor.open(`/intakes/${id}/household`);
    expect(visitor.status).toBe(200);
    return id;
  }, pages);
}

/** As a program sends it: group by group, numbers last, then read and prepared. */
async function throughTheApi(answers: Readonly<Record<string, unknown>>): Promise<Entered> {
  return watched(async () => {
    const { id } = (await api.post('/api/intakes', { taxYear: 2026 })).body as { id: string };
    const groups = ['taxpayer', 'spouse', 'address', 'contact', 'household', 'situation'];
    for (const [at, group] of groups.entries()) {
      const { status } = await api.patch(`/api/intakes/${id}`, { version: at + 1, answers: { [group]: answers[group] ?? null } });
      expect([group, status]).toEqual([group, 200]);
    }
    const read = await api.get(`/api/intakes/${id}?fields=taxpayer,spouse,household,taxpayer.taxpayerId,spouse.taxpayerId,household.taxpayerId`);
    expect(read.status).toBe(200);
    expect((await api.post(`/api/intakes/${id}/stage`, { stage: 'prepared' })).status).toBe(200);
    return id;
  });
}

async function watched(work: () => Promise<string>, pages: readonly string[] = []): Promise<Entered> {
  let id = '';
  let inKeys!: Written;
  const inRecords = await records.during(async () => {
    inKeys = await keys.during(async () => {
      id = await work();
    });
  });
  return { id, pages: pages.map((page) => page.replace(id, 'id')), written: [inRecords, inKeys] };
}

function noting(typist: Typist, pages: string[]): Typist {
  return {
    get path() {
      return typist.path;
    },
    open: (path) => typist.open(path),
    names: () => typist.names(),
    fill: (name, value) => typist.fill(name, value),
    save: async () => {
      await typist.save();
      pages.push(typist.path);
    },
  };
}

async function expectAlike(one: Entered, other: Entered): Promise<void> {
  expect(other.pages).toEqual(one.pages);
  expect(await storedShape(service.databases, other.id)).toEqual(await storedShape(service.databases, one.id));
  for (const at of [0, 1] as const) {
    expect(other.written[at].records).toEqual(one.written[at].records);
    // An update's record leaves out what old and new bytes happen to have in common.
    expect(Math.abs(other.written[at].bytes / one.written[at].bytes - 1)).toBeLessThan(0.01);
  }
}

describe('the stored bytes do not show who is a citizen, who has which number, or how many live in the home', () => {
  it('for one person and a family of seven, typed into the form in its order', async () => {
    await throughTheForm(ALONE); // the first of a day makes the buckets
    const [one, seven] = [await throughTheForm(ALONE), await throughTheForm(SEVEN)];
    expect(controlsOf(SEVEN).size).toBeGreaterThan(3 * controlsOf(ALONE).size);
    await expectAlike(one, seven);
  });

  it('for the same two, sent by a program', async () => {
    await throughTheApi(ALONE);
    await expectAlike(await throughTheApi(ALONE), await throughTheApi(SEVEN));
  });

  it('nor whether anything was entered at all', async () => {
    await throughTheApi({});
    await expectAlike(await throughTheApi({}), await throughTheApi(SEVEN));
  });

  it('nor by two telephones that are one, or by rows of which some stay and others change', async () => {
    const tagsOf = async (id: string) =>
      (await service.databases.keysOwner<{ tag: Buffer }>('SELECT tag FROM lookup WHERE intake_id = $1 ORDER BY slot', [id])).map(({ tag }) => tag.toString('hex'));
    for (const answers of [ALONE, SEVEN, {}]) {
      const { id, version } = (await api.post('/api/intakes', { taxYear: 2026, answers })).body as { id: string; version: number };
      const before = await tagsOf(id);
      expect(new Set(before).size).toBe(6);
      expect((await api.patch(`/api/intakes/${id}`, { version, answers: { contact: { preferredName: 'x' } } })).status).toBe(200);
      expect(await tagsOf(id)).toEqual(before);
    }
    expect((await api.post('/api/intakes/search', { phone: SEVEN.contact.spousePhone })).body.matches.length).toBeGreaterThan(0);
  });
});
