import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/catalogue/catalogue.js';
import type { FieldDeclaration } from '../../src/catalogue/field-declaration.js';
import { HOSTILE_TEXTS, WRONG_TYPES, type HostileText } from '../support/hostile-texts.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

/** A preparer's list is there once a return is ready to be signed, and nothing of it can be left out: see below. */
const [LIST, FIELDS] = [true, false].map((isListed) => catalogue.fields.filter(({ group }) => (group === 'preparerList') === isListed)) as [FieldDeclaration[], FieldDeclaration[]];
const FREE_TEXTS = FIELDS.filter(({ kind, byService }) => !byService && ['name', 'text', 'longText', 'email'].includes(kind));
const GROUPS = [...new Set(FREE_TEXTS.map(({ group }) => group))].join();

/** Two of the twelve places of the household: the first and one past it. */
const PLACES = [0, 1];

let service: TestService;
let api: ApiClient;
let id: string;
let version = 1;
beforeAll(async () => {
  service = await startTestService();
  await service.api('administrator').patch('/api/site', { collectNotes: true });
  api = service.api('preparer');
  id = (await api.post('/api/intakes', { taxYear: 2026 })).body.id;
});
afterAll(() => service.stop());

type Nested = Record<string, Record<string, unknown> | Record<string, unknown>[]>;

/** A value for each of these fields, as the API nests them. */
function nested(fields: readonly FieldDeclaration[], valueOf: (field: FieldDeclaration) => unknown): Nested {
  const answers: Nested = {};
  for (const field of fields) {
    const { group, name } = field;
    if (group === 'household') for (const person of (answers[group] ??= PLACES.map(() => ({}))) as Record<string, unknown>[]) person[name] = valueOf(field);
    else ((answers[group] ??= {}) as Record<string, unknown>)[name] = valueOf(field);
  }
  return answers;
}

const everywhere = (fields: readonly FieldDeclaration[], value: unknown): Nested => nested(fields, () => value);

/** Saves this text in these fields and takes it out of all others. */
async function save(fields: readonly FieldDeclaration[], text: string): Promise<void> {
  const answers = nested(FREE_TEXTS, (field) => (fields.includes(field) ? text : null));
  const saved = await api.patch(`/api/intakes/${id}`, { version, answers });
  expect([saved.status, saved.body.fields]).toEqual([200, undefined]);
  version = saved.body.version;
}

const stored = async (): Promise<Nested> => (await api.get(`/api/intakes/${id}?fields=${GROUPS}`)).body.answers;

const pathsOf = (fields: readonly FieldDeclaration[]): string[] =>
  fields.flatMap(({ group, name, path }) => (group === 'household' ? PLACES.map((place) => `household.${place}.${name}`) : [path])).sort();

function takes({ kind, maxCharacters, byService }: FieldDeclaration, { text, takers }: HostileText): boolean {
  if (byService) return false;
  if ([...text].length > maxCharacters || takers === 'none') return false;
  return kind === 'longText' || (takers === 'texts' && (kind === 'name' || kind === 'text'));
}

/** Banks use letters too, and what is pasted brings marks that nobody sees: such an account is kept without them. */
const looksLikeAccount = (text: string): boolean => /^(?=.*[0-9])[A-Za-z0-9]{5,17}$/.test(text.replace(/[\s.\p{Pd}\p{Cf}]/gu, ''));

/** Everything that a save writes, in both databases. */
async function written(): Promise<string> {
  const { recordsOwner, keysOwner } = service.databases;
  const records = await recordsOwner(`SELECT i.version, i.touched_day, (SELECT md5(string_agg(sealed, '' ORDER BY class)) FROM section s WHERE s.intake_id = i.id) AS sealed,
    (SELECT count(*) FROM log_entry) AS entries FROM intake i`);
  const keys = await keysOwner('SELECT (SELECT count(*) FROM life_share) AS shares, (SELECT count(*) FROM lookup) AS lookups, (SELECT md5(string_agg(l::text, \'\' ORDER BY l::text)) FROM lookup l) AS md5');
  return JSON.stringify([records, keys]);
}

async function isRefused(value: unknown, fields: readonly FieldDeclaration[]): Promise<void> {
  const before = await written();
  const { status, body, text } = await api.patch(`/api/intakes/${id}`, { version, answers: everywhere(fields, value) });
  expect([status, body.code, [...body.fields].sort()]).toEqual([422, 'INVALID_ANSWERS', pathsOf(fields)]);
  if (typeof value === 'string' && value.length > 5) expect(text).not.toContain(JSON.stringify(value).slice(1, -1));
  expect(await written()).toBe(before);
}

describe('every field of the catalogue, given', () => {
  it.each(HOSTILE_TEXTS.map((hostile) => ({ ...hostile, hostile })))('$what ($takers): comes back as it was, or is refused by its name', async ({ text, hostile }) => {
    const taking = FIELDS.filter((field) => takes(field, hostile));
    const refusing = FIELDS.filter((field) => !taking.includes(field) && !(field.kind === 'accountNumber' && looksLikeAccount(text)));
    await isRefused(text, refusing);
    if (taking.length === 0) return;
    await save(taking, text);
    expect(await stored()).toEqual(everywhere(taking, text));
  });

  it.each(WRONG_TYPES)('%s: is refused by its name', async (_what, value) => isRefused(value, FIELDS));

  it('a yes or a no takes nothing else for one, and nothing else takes them', async () => {
    for (const value of ['true', 'yes', 1, 0]) await isRefused(value, FIELDS.filter(({ kind }) => kind === 'boolean'));
    await isRefused(true, FIELDS.filter(({ kind }) => kind !== 'boolean'));
  });

  it('one huge text is refused by its name alone', async () => {
    const { status, body, text } = await api.patch(`/api/intakes/${id}`, { version, answers: { taxpayer: { firstName: 'x'.repeat(200_000), lastName: 'Ana' } } });
    expect([status, body.fields, text.length < 1000]).toEqual([422, ['taxpayer.firstName'], true]);
  });

  it('an address for letters that is a formula comes back as it was', async () => {
    const email = `=cmd|'!A1'&x-y@example.org`;
    await save(FREE_TEXTS.filter(({ kind }) => kind === 'email'), email);
    expect(await stored()).toEqual({ contact: { email } });
  });

  it('nothing but what nobody sees is no answer', async () => {
    for (const blank of ['', ' ', '\u200b\u2060', '\u202e', '\u3164', '\u00a0\ufeff', '\u2800']) {
      await save(FREE_TEXTS, blank);
      expect([JSON.stringify(blank), await stored()]).toEqual([JSON.stringify(blank), {}]);
    }
  });

  it('outer spaces go, and nothing else is touched', async () => {
    await save(FREE_TEXTS.filter(({ path }) => path === 'taxpayer.firstName'), ' \u00a0 Zoe\u0308  D. \t');
    expect(await stored()).toEqual({ taxpayer: { firstName: 'Zoe\u0308  D.' } });
  });
});

describe('an answer that no field is', () => {
  it.each([
    ['{"taxpayer":{"firstNam":"x"}}', ['taxpayer.firstNam']],
    ['{"taxpayer":{"constructor":"x","toString":"y"}}', ['taxpayer.constructor', 'taxpayer.toString']],
    ['{"taxpayer":{"900-00-1234":"x","a.b":"x","<b>":"x"}}', ['taxpayer.?']],
    ['{"spouses":{},"Taxpayer":{}}', ['Taxpayer', 'spouses']],
    ['{"household":[{},{"firstName":"Ana","age":3}]}', ['household.1.age']],
    ['{"household":{"0":{"firstName":"Ana"}}}', ['household']],
    ['{"household":["Ana",null,7]}', ['household.0', 'household.1', 'household.2']],
    ['{"contact":[],"address":"x","situation":7}', ['address', 'contact', 'situation']],
  ])('is refused by a name that holds no value: %s', async (answers, fields) => {
    const before = await written();
    const { status, body } = await api.patch(`/api/intakes/${id}`, { version, answers: JSON.parse(answers) as object });
    expect([status, body.code, [...body.fields].sort()]).toEqual([422, 'INVALID_ANSWERS', fields]);
    expect(await written()).toBe(before);
  });
});

describe('every field of a preparer’s list, given', () => {
  const WHOLE = { name: 'Rui Example', taxpayerId: '900-00-5555', returnType: '1040', preparedBy: 'Priya Preparer' };
  let listed: string;
  let at: number;
  const change = (preparerList: object) => api.patch(`/api/intakes/${listed}`, { version: at, answers: { preparerList } });
  const listOf = async () => (await api.get(`/api/intakes/${listed}?fields=preparerList`)).body;
  beforeAll(async () => {
    await service.api('administrator').patch('/api/site', { regime: 'compensated' }).expect(200);
    listed = (await api.post('/api/intakes', { taxYear: 2026 })).body.id;
    at = (await api.post(`/api/intakes/${listed}/stage`, { stage: 'prepared', preparerList: WHOLE }).expect(200)).body.version;
  });

  it.each(HOSTILE_TEXTS.map((hostile) => ({ ...hostile, hostile })))('$what ($takers): comes back as it was, or is refused by its name', async ({ text, hostile }) => {
    const before = await listOf();
    for (const field of LIST) {
      const { status, body } = await change({ [field.name]: text });
      expect([field.path, status, body.fields]).toEqual(takes(field, hostile) ? [field.path, 200, undefined] : [field.path, 422, [field.path]]);
      if (status === 200) at = body.version;
    }
    const taking = LIST.filter((field) => takes(field, hostile)).map(({ name }) => [name, text]);
    expect((await listOf()).answers.preparerList).toEqual({ ...before.answers.preparerList, ...Object.fromEntries(taking) });
  });

  /** The year is the intake's own: what is taken out is filled in again. */
  it('nothing, or what is of another type: is refused by its name, and the list stays whole', async () => {
    const { answers } = await listOf();
    for (const field of LIST) {
      for (const value of [null, '', '\u200b', true, [], {}, 1.5]) {
        const { status, body } = await change({ [field.name]: value });
        const isFilledIn = field.name === 'taxYear' && (value === null || value === '' || value === '\u200b');
        expect([field.path, value, status, body.fields]).toEqual(isFilledIn ? [field.path, value, 200, undefined] : [field.path, value, 422, [field.path]]);
        if (status === 200) at = body.version;
      }
    }
    expect((await listOf()).answers).toEqual(answers);
  });
});
