import { expect } from '@jest/globals';
import { AccessLog } from '../../../src/audit/append-entry.js';
import { ChangeSite } from '../../../src/access/change-site.js';
import { memberOf, signInAll } from '../../../src/demo/members.js';
import { dayIn, type Day } from '../../../src/platform/clock.js';
import { DestructionCertificates } from '../../../src/retention/destruction-certificates.js';
import { DestructionDay } from '../../../src/retention/destruction-day.js';
import type { RunStep } from '../../../src/retention/purge-run.js';
import { RunInputs } from '../../../src/retention/run-inputs.js';
import { RunJournal } from '../../../src/retention/run-journal.js';
import { RunPurge } from '../../../src/retention/run-purge.js';
import { Sweep } from '../../../src/retention/sweep.js';
import { KeyStore } from '../../../src/vault/key-store.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../../support/test-service.js';
import { ASKED, CLASSES, FIRST_PERIODS, Oracle, type AskedClass, type Periods, type Stage } from './oracle.js';

const TIME_ZONE = 'America/New_York';
const FIELDS = Object.values(ASKED).join(',');
const NUMBER = '400-00-1234';

const ANSWERS = {
  contact: { email: 'robin@example.org' },
  taxpayer: { firstName: 'Robin', taxpayerId: NUMBER },
  address: { city: 'Anytown' },
  household: [{ firstName: 'Kim' }],
  situation: { maritalStatus: 'single' },
  notes: { text: 'Bring the letter.' },
  consents: { form15080Version: 'Oct. 2025' },
};

/** An intake in the service, and what must be true of it. */
export interface ModelIntake {
  readonly id: string;
  version: number;
  readonly oracle: Oracle;
}

/** What a step would do to an intake; `undefined` answers mean that there is nothing to do it to. */
export class ModelWorld {
  readonly intakes: ModelIntake[] = [];
  periods: Periods = FIRST_PERIODS;
  private api: ApiClient | undefined;

  private constructor(readonly service: TestService) {}

  static async start(): Promise<ModelWorld> {
    const service = await startTestService();
    const administrator = await memberOf(service.app, service.members[1]!.token);
    await service.app.get(ChangeSite).run(administrator, { collectNotes: true });
    return new ModelWorld(service);
  }

  get today(): Day {
    return dayIn(TIME_ZONE, this.service.clock.now());
  }

  at(index: number): ModelIntake | undefined {
    return this.intakes[index % Math.max(1, this.intakes.length)];
  }

  /** What lives of an earlier sequence is no business of the next one. */
  beginAnew(): void {
    this.intakes.length = 0;
  }

  async create(): Promise<void> {
    const taxYear = Number(this.today.slice(0, 4)) - 1;
    const { status, body } = await (await this.preparer()).post('/api/intakes', { taxYear, answers: ANSWERS });
    expect(status).toBe(201);
    this.intakes.push({ id: body.id as string, version: body.version as number, oracle: new Oracle(this.today, () => this.periods) });
  }

  async touch(intake: ModelIntake): Promise<void> {
    const answers = intake.oracle.opens('contact', this.today) ? { contact: ANSWERS.contact } : {};
    const { status, body } = await (await this.preparer()).patch(`/api/intakes/${intake.id}`, { version: intake.version, answers });
    expect(this.statuses(intake)).toContain(status);
    if (status !== 200) return;
    intake.version = body.version as number;
    intake.oracle.touch(this.today);
  }

  /** A step that is not allowed from where the intake is, is refused, and changes nothing; the same stage again is no step. */
  async stage(intake: ModelIntake, stage: Stage): Promise<void> {
    const { status, body } = await (await this.preparer()).post(`/api/intakes/${intake.id}/stage`, { stage });
    if (status === 200 && body.stage === stage && body.version > intake.version) {
      intake.oracle.touch(this.today, stage);
      intake.version = body.version as number;
    } else {
      expect([...this.statuses(intake), stage === intake.oracle.stage ? 200 : 409]).toContain(status);
    }
  }

  async giveNumbersAgain(intake: ModelIntake): Promise<void> {
    const { oracle } = intake;
    const answers = { taxpayer: { taxpayerId: NUMBER } };
    const { status, body } = await (await this.preparer()).patch(`/api/intakes/${intake.id}`, { version: intake.version, answers });
    const alive = oracle.opens('credentials', this.today);
    const allowed = !oracle.isOver(this.today) && (alive || oracle.stage === 'rejected');
    expect(allowed ? [200] : [410, ...this.statuses(intake)]).toContain(status);
    if (!allowed) return;
    intake.version = body.version as number;
    oracle.touch(this.today);
    if (!alive) oracle.beginAnew(this.today);
  }

  pass(days: number): void {
    this.service.clock.advanceDays(days);
    this.api = undefined; // a session lives for hours
  }

  async run(): Promise<void> {
    expect(await this.purge().execute('command')).toMatchObject({ state: 'finished' });
    for (const { oracle } of this.intakes) oracle.run(this.today, () => false);
  }

  /** @param until the step at which it is cut off, as if its database had gone */
  async runUntil(until: RunStep): Promise<void> {
    const ended = await this.purge(until).execute('command').catch(() => ({ state: 'failed' })); // before its row there is no run to fail
    expect(ended.state).toBe('failed');
  }

  /** What opens over the API is what the oracle says, whatever the stage of things. */
  async checkReading(): Promise<void> {
    const api = await this.preparer();
    for (const intake of this.intakes) {
      const { status, body } = await api.get(`/api/intakes/${intake.id}?fields=${FIELDS}`);
      const opens = CLASSES.filter((cls) => intake.oracle.opens(cls, this.today));
      expect(this.statuses(intake)).toContain(status);
      expect([intake.id, status === 200 ? opened(body.answers) : []]).toEqual([intake.id, opens]);
    }
  }

  /** In the key store nothing lives but what the oracle says; after a run that was cut off, some of what is due may be gone. */
  async checkKeys(how: 'exactly' | 'at least'): Promise<void> {
    const rows = await this.service.databases.keysOwner<{ intake_id: string; class: AskedClass }>(
      'SELECT s.intake_id, s.class FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.intake_id = ANY ($1::uuid[])',
      [this.intakes.map(({ id }) => id)],
    );
    for (const { id, oracle } of this.intakes) {
      const living = rows.filter((row) => row.intake_id === id).map((row) => row.class);
      const must = CLASSES.filter((cls) => (how === 'exactly' ? !oracle.gone.has(cls) : oracle.opens(cls, this.today)));
      const found = CLASSES.filter((cls) => living.includes(cls) && (how === 'exactly' || must.includes(cls)));
      expect([id, found]).toEqual([id, must]);
    }
  }

  async stop(): Promise<void> {
    await this.service.stop();
  }

  /** What the API may answer who asks for all of an intake: after its year nobody remembers that it was there. */
  private statuses({ oracle }: ModelIntake): readonly number[] {
    if (!oracle.isOver(this.today)) return [200];
    return oracle.isOfPastYear(this.today) ? [410, 404] : [410];
  }

  private async preparer(): Promise<ApiClient> {
    if (!this.api) {
      const [signedIn] = await signInAll(this.service.app, [this.service.members[0]!]);
      this.api = apiClient(this.service.url, signedIn!.token);
    }
    return this.api;
  }

  private purge(until?: RunStep): RunPurge {
    const { app, databases, clock } = this.service;
    const keyStore = app.get(KeyStore);
    const journal = new RunJournal(databases.records, keyStore, app.get(AccessLog), clock, (step) => {
      if (step === until) throw new Error('cut off');
    });
    return new RunPurge(keyStore, app.get(DestructionDay), app.get(RunInputs), journal, app.get(DestructionCertificates), app.get(Sweep));
  }
}

function opened(answers: Record<string, unknown>): readonly AskedClass[] {
  return CLASSES.filter((cls) => {
    const [group, field] = ASKED[cls].split('.') as [string, string];
    const inside = answers[group];
    const first = (Array.isArray(inside) ? inside[0] : inside) as Record<string, unknown> | undefined;
    return first?.[field] !== undefined;
  });
}

