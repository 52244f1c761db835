import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChangedSlots } from '../support/changed-slots.js';
import { controlsOf, enterHousehold, overHttp, type Typist } from '../support/enter-household.js';
import { allFiled, storedShape } from '../support/stored-shape.js';
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
  /** Which lookup rows each save changed. */
  readonly slots: readonly (readonly number[])[];
  readonly written: readonly [Written, Written];
}

/** As a preparer types it, page by page in the order of the form; then looked through, prepared, listed and searched. */
async function throughTheForm(answers: object): Promise<Entered> {
  const visitor = new WebVisitor(service.url, service.members[0]!.token);
  return watched(async (saved) => {
    const { id, untyped } = await enterHousehold(noting(overHttp(visitor), saved), answers as Record<string, unknown>);
    expect(untyped).toEqual([]);
    await visitor.open(`/intakes/${id}/stage`);
    visitor.form.fill('stage', 'prepared');
    await visitor.press(visitor.form);
    await saved(id);
    await visitor.open(`/intakes/${id}/household`);
    expect(visitor.status).toBe(200);
    return id;
  });
}

/** As a program sends it: group by group, numbers last, then read and prepared. */
async function throughTheApi(answers: Readonly<Record<string, unknown>>): Promise<Entered> {
  return watched(async (saved) => {
    const { id } = (await api.post('/api/intakes', { taxYear: 2026 })).body as { id: string };
    await saved(id);
    const groups = ['taxpayer', 'spouse', 'address', 'contact', 'household', 'situation'];
    for (const [at, group] of groups.entries()) {
      const { status } = await api.patch(`/api/intakes/${id}`, { version: at + 1, answers: { [group]: answers[group] ?? null } });
      expect([group, status]).toEqual([group, 200]);
      await saved(id);
    }
    const read = await api.get(`/api/intakes/${id}?fields=taxpayer,spouse,household,taxpayer.taxpayerId,spouse.taxpayerId,household.taxpayerId`);
    expect(read.status).toBe(200);
    expect((await api.post(`/api/intakes/${id}/stage`, { stage: 'prepared' })).status).toBe(200);
    await saved(id);
    return id;
  });
}

type Saved = (id: string, page?: string) => Promise<void>;

async function watched(work: (saved: Saved) => Promise<string>): Promise<Entered> {
  const pages: string[] = [];
  const slots: (readonly number[])[] = [];
  const changed = new ChangedSlots(service.databases.keysOwner);
  const saved: Saved = async (id, page) => {
    if (page) pages.push(page.replace(id, 'id'));
    slots.push(await changed.since(id));
  };
  let id = '';
  let inKeys!: Written;
  await allFiled(service.databases.recordsOwner);
  const inRecords = await records.during(async () => {
    inKeys = await keys.during(async () => {
      id = await work(saved);
    });
    await allFiled(service.databases.recordsOwner);
  });
  return { id, pages, slots, written: [inRecords, inKeys] };
}

function noting(typist: Typist, saved: Saved): Typist {
  return {
    get path() {
      return typist.path;
    },
    open: (path) => typist.open(path),
    names: () => typist.names(),
    fill: (name, value) => typist.fill(name, value),
    save: async () => {
      await typist.save();
      await saved(/[0-9a-f]{8}-[0-9a-f-]{27}/.exec(typist.path)![0], typist.path);
    },
  };
}

async function expectAlike(one: Entered, other: Entered): Promise<void> {
  expect(other.pages).toEqual(one.pages);
  expect(other.slots).toEqual(one.slots);
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
    expect(seven.slots.flat().sort()).toEqual([0, 1, 2, 3, 4, 5]); // each changes once, whoever has something there
    await expectAlike(one, seven);
  });

  it('for the same two, sent by a program', async () => {
    await throughTheApi(ALONE);
    await expectAlike(await throughTheApi(ALONE), await throughTheApi(SEVEN));
  });

  it('nor whether a couple shares its name, its birthday and its telephone', async () => {
    const { lastName, dateOfBirth } = SEVEN.taxpayer;
    const shared = { ...SEVEN, spouse: { ...SEVEN.spouse, lastName, dateOfBirth }, contact: { ...SEVEN.contact, spousePhone: SEVEN.contact.phone } };
    await expectAlike(await throughTheApi(SEVEN), await throughTheApi(shared));
    expect((await api.post('/api/intakes/search', { phone: shared.contact.spousePhone })).body.matches.length).toBeGreaterThan(0);
  });

  it('nor whether anything was entered at all', async () => {
    await throughTheApi({});
    await expectAlike(await throughTheApi({}), await throughTheApi(SEVEN));
  });

  it('nor by rows that are alike, or of which some stay and others change when nothing of them is said, or said again', async () => {
    for (const answers of [ALONE, SEVEN, { contact: undefined }]) {
      const { id } = (await api.post('/api/intakes', { taxYear: 2026, answers })).body as { id: string };
      const changed = new ChangedSlots(service.databases.keysOwner);
      await changed.since(id);
      const phones = { phone: null, spousePhone: null, ...answers.contact };
      const saves = [{ preferredName: 'x' }, phones, { preferredName: 'y' }, phones];
      const slots = [];
      for (const [at, contact] of saves.entries()) {
        expect((await api.patch(`/api/intakes/${id}`, { version: at + 1, answers: { contact } })).status).toBe(200);
        slots.push(await changed.since(id));
      }
      expect(slots).toEqual([[], answers.contact ? [] : [2, 3], [], []]);
      const tags = await service.databases.keysOwner<{ tag: string }>(`SELECT DISTINCT encode(tag, 'hex') AS tag FROM lookup WHERE intake_id = $1`, [id]);
      expect(tags).toHaveLength(6);
    }
  });
});
