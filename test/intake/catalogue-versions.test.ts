import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SiteMember } from '../../src/access/signed-in.js';
import type { Answers } from '../../src/catalogue/answers.js';
import { memberOf } from '../../src/demo/members.js';
import { VerifySections } from '../../src/retention/verification/verify-sections.js';
import { sealAgainUnder } from '../support/sealed-under.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';
import { WebVisitor } from '../support/web-visitor.js';

const HOUSEHOLD = {
  taxpayer: { firstName: 'Ines', lastName: 'Ferreira', dateOfBirth: '1990-01-02', taxpayerId: '400-00-5555', legallyBlind: false },
  household: [{ firstName: 'Rui', dateOfBirth: '2015-05-05', monthsLivedInHome: 12, taxpayerId: '400-00-5556' }],
  contact: { phone: '2025550155' },
  situation: { maritalStatus: 'married' },
  bank: { routingNumber: '021000021', accountNumber: '12345678', accountType: 'Savings' },
  consents: { form15080Version: 'Oct. 2025', form15080GivenOn: '2027-01-30' },
};
const EVERYTHING = 'taxpayer,household,contact,situation,bank,consents,taxpayer.taxpayerId,household.taxpayerId';
const NAMES = { givenBy: 'Ines Ferreira', spouseGivenBy: 'Zoë <b>Ferreira</b>' };

let service: TestService;
let api: ApiClient;
let who: SiteMember;
beforeAll(async () => {
  service = await startTestService();
  api = service.api('preparer');
  who = await memberOf(service.app, service.members[0]!.token);
});
afterAll(() => service.stop());

const started = async (): Promise<string> => (await api.post('/api/intakes', { taxYear: 2026, answers: HOUSEHOLD })).body.id;

async function startedUnder(version: number, changed?: (answers: Answers) => Answers): Promise<string> {
  const id = await started();
  await sealAgainUnder(service.app, who, id, version, changed);
  return id;
}

/** The versions that an intake's sections say they were sealed under. */
async function versionsOf(id: string, table = 'section'): Promise<readonly number[]> {
  const rows = await service.databases.recordsOwner<{ version: number }>(
    `SELECT DISTINCT get_byte(sealed, 37) * 256 + get_byte(sealed, 38) AS version FROM ${table} WHERE intake_id = $1 ORDER BY 1`,
    [id],
  );
  return rows.map(({ version }) => version);
}

const withNames = (answers: Answers): Answers => ({ ...answers, consents: { ...answers.consents, ...NAMES } });

describe('an intake that was saved under version 1 of the catalogue', () => {
  it('is read, listed and found', async () => {
    const id = await startedUnder(1);
    expect(await versionsOf(id)).toEqual([1]);
    expect((await api.get(`/api/intakes/${id}?fields=${EVERYTHING}`)).body).toMatchObject({ version: 1, answers: HOUSEHOLD });
    expect((await api.get('/api/intakes')).body.intakes.find((one: { id: string }) => one.id === id)).toMatchObject({ displayName: 'Ines Ferreira' });
    expect((await api.post('/api/intakes/search', { taxpayerId: '400-00-5555' })).body.matches).toContainEqual({ id });
  });

  it('has nothing of what came later', async () => {
    const id = await startedUnder(1, withNames);
    const { status, body } = await api.get(`/api/intakes/${id}?fields=consents.givenBy,consents.spouseGivenBy`);
    expect([status, body.answers]).toEqual([200, {}]);
    expect((await api.get(`/api/intakes/${id}?fields=consents`)).body.answers).toEqual({ consents: HOUSEHOLD.consents });
  });

  it('is of the newest once it is changed, with every answer that it had', async () => {
    const id = await startedUnder(1);
    const { status, body } = await api.patch(`/api/intakes/${id}`, { version: 1, answers: { taxpayer: { jobTitle: 'Baker' } } });
    expect([status, body.version, await versionsOf(id)]).toEqual([200, 2, [2]]);
    expect((await api.get(`/api/intakes/${id}?fields=${EVERYTHING}`)).body.answers).toEqual({ ...HOUSEHOLD, taxpayer: { ...HOUSEHOLD.taxpayer, jobTitle: 'Baker' } });
  });

  it('is of the newest once it has another stage', async () => {
    const id = await startedUnder(1);
    expect((await api.post(`/api/intakes/${id}/stage`, { stage: 'prepared' })).status).toBe(200);
    expect(await versionsOf(id)).toEqual([2]);
  });

  it('is kept as it was under a legal hold, and verified, beside what has taken its place', async () => {
    const id = await startedUnder(1);
    await service.api('administrator').post('/api/holds', { matter: '2027-CV-0142', scope: { intakes: [id] } }).expect(201);
    await api.patch(`/api/intakes/${id}`, { version: 1, answers: { contact: { phone: '2025550156' } } }).expect(200);
    expect([await versionsOf(id), await versionsOf(id, 'preserved_section')]).toEqual([[2], [1]]);
    expect(await service.app.get(VerifySections).execute('command')).toMatchObject({ findings: [], total: 0 });
  });

  it('does not open under another version, nor is it found good', async () => {
    const id = await startedUnder(1);
    const claim = (version: number) => service.databases.recordsOwner(`UPDATE section SET sealed = set_byte(sealed, 38, ${version}) WHERE intake_id = $1 AND class = 'consents'`, [id]);
    for (const version of [0, 2, 3]) {
      await claim(version);
      const { status, body } = await api.get(`/api/intakes/${id}?fields=consents`);
      expect([status, body.code, body.reason]).toEqual([500, 'SECTION_NOT_AUTHENTIC', 'DIGEST_WRONG']);
      expect((await api.patch(`/api/intakes/${id}`, { version: 1, answers: { contact: { phone: '2025550156' } } })).status).toBe(500);
    }
    expect((await service.app.get(VerifySections).execute('command')).total).toBe(1);
    await claim(1);
    expect((await api.get(`/api/intakes/${id}?fields=consents`)).status).toBe(200);
  });
});

describe('what the service writes itself', () => {
  it('comes back, and goes with the next save where no policy keeps consents', async () => {
    const id = await startedUnder(2, withNames);
    expect((await api.get(`/api/intakes/${id}?fields=consents`)).body.answers).toEqual({ consents: { ...HOUSEHOLD.consents, ...NAMES } });
    await api.patch(`/api/intakes/${id}`, { version: 1, answers: { consents: { form15080SpouseGivenOn: '2027-01-31' } } }).expect(200);
    expect((await api.get(`/api/intakes/${id}?fields=consents`)).body.answers.consents).toEqual({ ...HOUSEHOLD.consents, form15080SpouseGivenOn: '2027-01-31' });
  });

  it('is taken from nobody, not even to clear it', async () => {
    const id = await startedUnder(2, withNames);
    for (const value of ['Somebody Else', '', null, 7]) {
      for (const name of Object.keys(NAMES)) {
        const answers = { consents: { [name]: value } };
        const [made, changed] = [await api.post('/api/intakes', { taxYear: 2026, answers }), await api.patch(`/api/intakes/${id}`, { version: 1, answers })];
        for (const { status, body } of [made, changed]) expect([status, body.code, body.fields]).toEqual([422, 'INVALID_ANSWERS', [`consents.${name}`]]);
      }
    }
    expect((await api.get(`/api/intakes/${id}?fields=consents`)).body).toMatchObject({ version: 1, answers: { consents: NAMES } });
  });

  it('is no consent: alone it keeps nothing to the season’s end', async () => {
    const id = await startedUnder(2, withNames);
    const answers = { consents: { form15080Version: null, form15080GivenOn: null } };
    await api.patch(`/api/intakes/${id}`, { version: 1, answers }).expect(200);
    const [row] = await service.databases.recordsOwner<{ consents_given: boolean }>('SELECT consents_given FROM intake WHERE id = $1', [id]);
    expect(row!.consents_given).toBe(false);
  });

  it('is shown on the review, and asked on no page', async () => {
    const id = await startedUnder(2, withNames);
    const visitor = new WebVisitor(service.url, service.members[0]!.token);
    await visitor.open(`/intakes/${id}/review`);
    expect(visitor.html).toMatch(/Name of the taxpayer who gave it<\/dt><dd dir="auto">Ines Ferreira</);
    expect(visitor.html).toMatch(/Name of the spouse who gave it<\/dt><dd dir="auto">Zoë &lt;b>Ferreira&lt;\/b></);
    await visitor.open(`/intakes/${id}/consents`);
    expect(visitor.form.names.filter((name) => /givenBy/i.test(name))).toEqual([]);
    visitor.form.fill('consents.form15080Version', 'Oct. 2026');
    await visitor.press(visitor.form);
    expect((await api.get(`/api/intakes/${id}?fields=consents`)).body.answers.consents).toEqual({ ...HOUSEHOLD.consents, form15080Version: 'Oct. 2026' });
    await visitor.open(`/intakes/${id}/consents`);
    const body = new URLSearchParams([...visitor.form.body(0), ['consents.givenBy', 'Somebody Else']]);
    expect((await visitor.send(visitor.form.action, body)).status).toBe(400);
  });

  it('has no line on the review of an intake without it', async () => {
    const visitor = new WebVisitor(service.url, service.members[0]!.token);
    await visitor.open(`/intakes/${await startedUnder(1)}/review`);
    expect(visitor.html).toContain('Oct. 2025');
    expect(visitor.html).not.toContain('who gave it');
  });

  it('is on the page of what is held, with its reason, and read-only in the contract', async () => {
    const visitor = await new WebVisitor(service.url).open('/what-we-hold');
    expect(visitor.html).toContain('Name of the spouse who gave it');
    expect(visitor.html).toContain('Nobody is asked for this');
    expect(visitor.html).toContain('IRS Publication 4299');
    const { components } = (await service.api().get('/openapi.json')).body;
    for (const name of Object.keys(NAMES)) expect(components.schemas.Consents.properties[name]).toMatchObject({ type: 'string', readOnly: true, maxLength: 307 });
    expect(components.schemas.Consents.properties.form15080Version).toMatchObject({ nullable: true });
  });
});
