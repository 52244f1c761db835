import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { READ_PURPOSES } from '../../src/audit/entry-parts.js';
import { AccessTicket } from '../../src/vault/access-ticket.js';
import { sealClass, openClass } from '../../src/vault/sealed-class.js';
import { randomBytes } from '../../src/crypto/random.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';
import { joined } from '../support/cells.js';

let service: TestService;
let api: ApiClient;
let id: string;
beforeAll(async () => {
  service = await startTestService();
  api = service.api('preparer');
  const answers = { taxpayer: { firstName: 'Noor', lastName: 'Haddad', dateOfBirth: '1991-01-01' }, contact: { phone: '2025550142' } };
  id = (await api.post('/api/intakes', { taxYear: 2026, answers })).body.id;
});
afterAll(() => service.stop());

interface Read {
  readonly kind: string;
  readonly actor: { member: string; role: string };
  readonly subject: { site: string; intakes: string[]; classes: string[]; fields: string[] };
  readonly context: { purpose: string };
}

/** The signer begins the log in its own time, so its entry is passed over. */
async function newestRead(): Promise<Read> {
  const [row] = await service.databases.recordsOwner<Record<'kind' | 'actor' | 'subject' | 'context', string>>(
    `SELECT e.kind, p.actor, p.subject, p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id
     WHERE e.kind <> 'log.origin' ORDER BY e.id DESC LIMIT 1`,
  );
  return { kind: row!.kind, actor: JSON.parse(row!.actor), subject: JSON.parse(row!.subject), context: JSON.parse(row!.context) };
}

describe('nobody reads an answer without leaving an entry in the access log', () => {
  it.each(READ_PURPOSES)('which says who, which intake, which fields, and that it was to %s', async (purpose) => {
    expect((await api.get(`/api/intakes/${id}?fields=taxpayer.firstName,contact&purpose=${purpose}`)).status).toBe(200);
    const { kind, actor, subject, context } = await newestRead();
    expect([kind, actor.role, context.purpose]).toEqual(['answers.read', 'preparer', purpose]);
    expect([subject.intakes, new Set(subject.classes)]).toEqual([[id], new Set(['identity', 'contact'])]);
    expect(subject.fields).toContain('taxpayer.firstName');
    expect(subject.fields).not.toContain('taxpayer.lastName');
  });

  it('nor lists nor searches', async () => {
    await api.get('/api/intakes');
    expect(await newestRead()).toMatchObject({ kind: 'intake.listed', subject: { intakes: [id], classes: ['identity'] } });
    await api.post('/api/intakes/search', { phone: '2025550142' });
    expect(await newestRead()).toMatchObject({ kind: 'intake.searched', subject: { intakes: [id], classes: ['contact'] } });
    expect(JSON.stringify(await newestRead())).not.toContain('2025550142');
  });

  it('and gets nothing when the entry cannot be committed', async () => {
    await service.databases.recordsOwner(`
      CREATE FUNCTION refuse_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no commit'; END $$;
      CREATE CONSTRAINT TRIGGER refuse_commit AFTER INSERT ON log_entry DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION refuse_commit()`);
    for (const attempt of [
      api.get(`/api/intakes/${id}`),
      api.get('/api/intakes'),
      api.post('/api/intakes/search', { phone: '2025550142' }),
      api.patch(`/api/intakes/${id}`, { version: 1, answers: { taxpayer: { jobTitle: 'x' } } }),
    ]) {
      const { status, text } = await attempt;
      expect(status).toBe(500);
      expect(text).not.toMatch(/Noor|Haddad|2025550142|no commit/);
    }
    await service.databases.recordsOwner('DROP FUNCTION refuse_commit() CASCADE');
    const { status, body } = await api.get(`/api/intakes/${id}`);
    expect([status, body.version]).toEqual([200, 1]);
  });

  it('since a ticket opens nothing before its entry has committed', () => {
    const place = { siteId: id, intakeId: id, class: 'notes', catalogueVersion: 1, intakeVersion: 1 } as const;
    const keys = { intakeKey: randomBytes(32), share: randomBytes(32) };
    const { bytes, digest } = sealClass(keys, place, joined([new Uint8Array(8)]));
    const grounds = { siteId: id, memberId: id, intakeIds: [id], classes: ['notes'], use: 'after-commit' } as const;
    const { ticket, committed } = AccessTicket.issue(grounds);
    expect(() => openClass(ticket, keys, place, { bytes, digest }, [8])).toThrow('access ticket is pending');
    committed();
    expect(openClass(ticket, keys, place, { bytes, digest }, [8]).bytes).toHaveLength(8);
    expect(() => openClass(ticket, keys, { ...place, class: 'contact' }, { bytes, digest }, [8])).toThrow('something else');
  });
});
