import type { Test } from 'supertest';
import { signInAll } from '../../../src/demo/members.js';
import { runPurge } from '../../support/run-purge.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../../support/test-service.js';

export const REASON = 'The client asked for it at the desk and signed the form.';
export const ANSWERS = {
  taxpayer: { firstName: 'Ines', lastName: 'Ferreira', dateOfBirth: '1990-01-02', taxpayerId: '400-00-5555' },
  contact: { phone: '2025550155' },
};

/** The five members of a site, each with a session, and intakes of clients who want them gone. */
export class ErasureWorld {
  private constructor(
    readonly service: TestService,
    private members: Readonly<Record<string, ApiClient>>,
  ) {}

  static async start(): Promise<ErasureWorld> {
    const service = await startTestService({ now: '2027-02-01' });
    const world = new ErasureWorld(service, {});
    await world.signInAgain();
    return world;
  }

  /** Sessions last for a day of work. */
  async signInAgain(): Promise<void> {
    const again = await signInAll(this.service.app, this.service.members);
    this.members = Object.fromEntries(again.map(({ email, token }) => [email.split('@')[0]!, apiClient(this.service.url, token)]));
  }

  as(name: 'preparer' | 'preparer2' | 'administrator' | 'administrator2' | 'auditor'): ApiClient {
    return this.members[name]!;
  }

  async started(answers: object = ANSWERS): Promise<string> {
    return (await this.as('preparer').post('/api/intakes', { taxYear: 2026, answers }).expect(201)).body.id;
  }

  ask(id: string, by: ApiClient = this.as('preparer'), reason: string = REASON): Test {
    return by.post(`/api/intakes/${id}/erasure`, { reason });
  }

  approve(approvalId: string, by: ApiClient = this.as('administrator')): Test {
    return by.post(`/api/approvals/${approvalId}/approve`);
  }

  async asked(id: string): Promise<string> {
    return (await this.ask(id).expect(202)).body.approvalId;
  }

  /** @returns the number of an intake that was asked for and approved */
  async erased(answers?: object): Promise<string> {
    const id = await this.started(answers);
    await this.approve(await this.asked(id)).expect(204);
    return id;
  }

  read(id: string): Test {
    return this.as('preparer').get(`/api/intakes/${id}`);
  }

  receipt(id: string, by: ApiClient = this.as('auditor')): Test {
    return by.get(`/api/intakes/${id}/erasure`);
  }

  async hold(id: string, classes?: readonly string[]): Promise<string> {
    const placed = await this.as('administrator').post('/api/holds', { matter: '2027-CV-0142', scope: { intakes: [id], ...(classes && { classes }) } });
    return placed.body.id as string;
  }

  async release(hold: string): Promise<void> {
    const asked = await this.as('administrator').post(`/api/holds/${hold}/release`, { reason: 'Counsel wrote that the matter is over.' }).expect(202);
    await this.approve(asked.body.approvalId as string, this.as('administrator2')).expect(204);
  }

  /** Of everything of an intake that a key still opens. */
  async dueDays(id: string): Promise<readonly string[]> {
    const rows = await this.service.databases.keysOwner<{ day: string }>(
      'SELECT DISTINCT s.due_day::text AS day FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.intake_id = $1 ORDER BY 1',
      [id],
    );
    return rows.map(({ day }) => day);
  }

  run(): Promise<{ id: string; state: string }> {
    return runPurge(this.as('administrator'));
  }
}
