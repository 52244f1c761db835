import { expect } from '@jest/globals';
import { AccessLog } from '../../../src/audit/append-entry.js';
import { ChangeSite } from '../../../src/access/change-site.js';
import { memberOf, signInAll } from '../../../src/demo/members.js';
import { addDays, day, dayIn, type Day } from '../../../src/platform/clock.js';
import { DestructionCertificates } from '../../../src/retention/destruction-certificates.js';
import { DestructionDay } from '../../../src/retention/destruction-day.js';
import type { RunStep } from '../../../src/retention/purge-run.js';
import { Nightly } from '../../../src/retention/nightly.js';
import { FollowRules } from '../../../src/retention/policies/follow-rules.js';
import { RunInputs } from '../../../src/retention/run-inputs.js';
import { RunJournal } from '../../../src/retention/run-journal.js';
import { RunPurge } from '../../../src/retention/run-purge.js';
import { Sweep } from '../../../src/retention/sweep.js';
import { KeyStore } from '../../../src/vault/key-store.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../../support/test-service.js';
import { ANSWERS, answersGivenOn, NUMBER } from './answers.js';
import { changedDocument, changedRules, type Change } from './changed-policy.js';
import { coversNaming, scopeNaming, type HoldPart, type ModelHold } from './model-hold.js';
import type { ModelIntake } from './model-intake.js';
import { opened } from './opened-classes.js';
import { ASKED, CLASSES, endOfYear, FIRST_PERIODS, Oracle, shortens, withoutShortening, type AskedClass, type Rules, type Stage } from './oracle.js';

const TIME_ZONE = 'America/New_York';
const FIELDS = Object.values(ASKED).join(',');
const REASON = 'As the two of us decided on the telephone.';

/** The service, its people and its clock, beside what the oracle says of every intake. */
export class ModelWorld {
  readonly intakes: ModelIntake[] = [];
  readonly holds: ModelHold[] = [];
  private rules: Rules[] = [{ from: day('2000-01-01'), periods: FIRST_PERIODS, keptDays: null }];
  private seasonEnd: Day | null = null;
  private people: Readonly<Record<string, ApiClient>> | undefined;

  private constructor(
    readonly service: TestService,
    private readonly site: string,
  ) {}

  static async start(): Promise<ModelWorld> {
    const service = await startTestService();
    service.app.get(Nightly).onApplicationShutdown(); // no run but those that the model knows of
    const administrator = await memberOf(service.app, service.members[1]!.token);
    await service.app.get(ChangeSite).run(administrator, { collectNotes: true });
    return new ModelWorld(service, administrator.siteId);
  }

  get today(): Day {
    return dayIn(TIME_ZONE, this.service.clock.now());
  }

  at(index: number): ModelIntake | undefined {
    return this.intakes[index % Math.max(1, this.intakes.length)];
  }

  /** What lives of an earlier sequence is no business of the next one. */
  async beginAnew(): Promise<void> {
    while (this.holds.length > 0) await this.release(0);
    this.intakes.length = 0;
  }

  /** @param given have consents been given? */
  async create(given = false): Promise<void> {
    const taxYear = Number(this.today.slice(0, 4)) - 1;
    const { status, body } = await (await this.preparer()).post('/api/intakes', { taxYear, answers: given ? answersGivenOn(this.today) : ANSWERS });
    expect(status).toBe(201);
    this.intakes.push({ id: body.id as string, taxYear, created: this.today, version: body.version as number, oracle: new Oracle(this.today, given, () => this.rules, () => this.seasonEnd) });
  }

  async touch(intake: ModelIntake): Promise<void> {
    const answers = intake.oracle.opens('contact', this.today) ? { contact: ANSWERS.contact } : {};
    const { status, body } = await (await this.preparer()).patch(`/api/intakes/${intake.id}`, { version: intake.version, answers });
    expect(this.statuses(intake, this.workedOn(intake))).toContain(status);
    if (status !== 200) return;
    intake.version = body.version as number;
    intake.oracle.touch(this.today);
  }

  /** A step that is not allowed from there is refused; the same stage again is no step. */
  async stage(intake: ModelIntake, stage: Stage): Promise<void> {
    const { status, body } = await (await this.preparer()).post(`/api/intakes/${intake.id}/stage`, { stage });
    if (status === 200 && body.stage === stage && body.version > intake.version) {
      intake.oracle.touch(this.today, stage);
      intake.version = body.version as number;
    } else {
      expect([...this.statuses(intake, this.workedOn(intake)), stage === intake.oracle.stage ? 200 : 409]).toContain(status);
    }
  }

  async giveNumbersAgain(intake: ModelIntake): Promise<void> {
    const { oracle } = intake;
    const answers = { taxpayer: { taxpayerId: NUMBER } };
    const { status, body } = await (await this.preparer()).patch(`/api/intakes/${intake.id}`, { version: intake.version, answers });
    const alive = oracle.opens('credentials', this.today);
    const kept = this.isHeld(intake, 'credentials') && !oracle.gone.has('credentials');
    const statuses = this.statuses(intake, this.workedOn(intake));
    const allowed = statuses.includes(200) && (alive || (oracle.stage === 'rejected' && !kept));
    expect(allowed ? [200] : [kept ? 423 : 410, ...statuses]).toContain(status);
    if (!allowed) return;
    intake.version = body.version as number;
    oracle.touch(this.today);
    if (!alive) oracle.beginAnew();
  }

  /** @param parts of the intake, and the class, by which it is named */
  async hold(intake: ModelIntake, cls: AskedClass, parts: readonly HoldPart[]): Promise<void> {
    const scope = scopeNaming(parts, intake, cls, this.site);
    const placed = await (await this.as('administrator')).post('/api/holds', { matter: 'MODEL-1', scope });
    expect(placed.status).toBe(201);
    this.holds.push({ id: placed.body.id as string, covers: coversNaming(parts, intake, cls) });
    const [before, last] = this.rules.slice(-2);
    if (last && last.from > this.today && shortens(before!, last)) await this.follow([...this.rules.slice(0, -1), ...withoutShortening(before!, last)]);
  }

  async release(index: number): Promise<void> {
    const [hold] = this.holds.splice(index % Math.max(1, this.holds.length), 1);
    if (!hold) return;
    const asked = await (await this.as('administrator')).post(`/api/holds/${hold.id}/release`, { reason: REASON });
    expect(asked.status).toBe(202);
    expect((await (await this.as('administrator2')).post(`/api/approvals/${asked.body.approvalId}/approve`)).status).toBe(204);
  }

  async erase(intake: ModelIntake): Promise<void> {
    const asked = await (await this.preparer()).post(`/api/intakes/${intake.id}/erasure`, { reason: REASON });
    if (this.isHeld(intake)) return expect([423, 410, 404]).toContain(asked.status);
    if (asked.status !== 202) return expect([410, 404]).toContain(asked.status);
    expect((await (await this.as('administrator')).post(`/api/approvals/${asked.body.approvalId}/approve`)).status).toBe(204);
    intake.oracle.erase(this.today);
  }

  /** Longer from tomorrow on, or shorter with its notice. None is announced after another. */
  async changePolicy(change: Change): Promise<void> {
    const before = this.rules.at(-1)!;
    if (before.from > this.today) return;
    const { isShorter, ...after } = changedRules(before, change);
    const effectiveDay = addDays(this.today, isShorter ? 31 : 2); // a day more than at the site: the notice counts in UTC
    const document = changedDocument((await (await this.as('administrator')).get('/api/retention/policy')).body, change);
    const asked = await (await this.as('administrator')).post('/api/retention/policy/proposals', { document, effectiveDay, reason: REASON });
    if (isShorter && this.holds.length > 0) return expect(asked.body.code).toBe('RETENTION_LOCKED');
    expect([asked.status, asked.body.message]).toEqual([202, undefined]);
    expect((await (await this.as('administrator2')).post(`/api/approvals/${asked.body.approvalId}/approve`)).status).toBe(204);
    await this.follow([...this.rules, { ...after, from: effectiveDay }]);
  }

  /** @param ahead so many days from today; null: 31 December. What it has ended by then stays ended. */
  async moveSeasonEnd(ahead: number | null): Promise<void> {
    const to = ahead === null ? null : addDays(this.today, ahead);
    const isSooner = endOfYear(this.today, to) < endOfYear(this.today, this.seasonEnd);
    const { status, body } = await (await this.as('administrator')).patch('/api/site', { seasonEnd: to });
    if (isSooner && this.holds.length > 0) return expect(body.code).toBe('RETENTION_LOCKED');
    expect([status, body.seasonEnd]).toEqual([200, to]);
    this.seasonEnd = to;
    await this.follow(this.rules);
  }

  pass(days: number): void {
    this.service.clock.advanceDays(days);
    this.people = undefined; // a session lives for hours
  }

  async run(): Promise<void> {
    expect(await this.purge().execute('command')).toMatchObject({ state: 'finished' });
    for (const intake of this.intakes) intake.oracle.run(this.today, (cls) => this.holds.some(({ covers }) => covers(intake, cls)));
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
    const sql = 'SELECT s.intake_id, s.class FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.intake_id = ANY ($1::uuid[])';
    const rows = await this.service.databases.keysOwner<{ intake_id: string; class: AskedClass }>(sql, [this.intakes.map(({ id }) => id)]);
    for (const intake of this.intakes) {
      const { id, oracle } = intake;
      const living = rows.filter((row) => row.intake_id === id).map((row) => row.class);
      if (how === 'at least') {
        for (const cls of CLASSES) {
          if (!living.includes(cls) && !oracle.opens(cls, this.today) && !this.isHeld(intake, cls)) oracle.gone.add(cls);
        }
      }
      expect([id, CLASSES.filter((cls) => living.includes(cls))]).toEqual([id, CLASSES.filter((cls) => !oracle.gone.has(cls))]);
    }
  }

  async stop(): Promise<void> {
    await this.service.stop();
  }

  /** What the API may answer who asks for these classes of an intake: after its year nobody remembers that it was there. */
  private statuses(intake: ModelIntake, classes = CLASSES): readonly number[] {
    const { oracle } = intake;
    if (classes.some((cls) => oracle.opens(cls, this.today))) return [200];
    if (classes.some((cls) => !oracle.gone.has(cls) && this.isHeld(intake, cls))) return [423, 410];
    return oracle.isOfPastYear(this.today) ? [410, 404] : [410];
  }

  /** Consents that are all that is left after the year are read, and not worked on. */
  private workedOn({ oracle }: ModelIntake): readonly AskedClass[] {
    return this.today.slice(0, 4) > oracle.year ? CLASSES.filter((cls) => cls !== 'consents') : CLASSES;
  }

  private isHeld(intake: ModelIntake, ...classes: readonly AskedClass[]): boolean {
    return (classes.length > 0 ? classes : CLASSES).some((cls) => this.holds.some(({ covers }) => covers(intake, cls)));
  }

  /** The service does so by itself, within seconds. */
  private async follow(rules: Rules[]): Promise<void> {
    this.rules = rules;
    await this.service.app.get(FollowRules).now();
    for (const { oracle } of this.intakes) oracle.follow(this.today);
  }

  private preparer(): Promise<ApiClient> {
    return this.as('preparer');
  }

  private async as(name: 'preparer' | 'administrator' | 'administrator2'): Promise<ApiClient> {
    const { app, members, url } = this.service;
    const known = this.people?.[name];
    if (known) return known;
    const [signedIn] = await signInAll(app, members.filter(({ email }) => email === `${name}@example.org`));
    const client = apiClient(url, signedIn!.token);
    this.people = { ...this.people, [name]: client };
    return client;
  }

  private purge(until?: RunStep): RunPurge {
    const { app, databases, clock } = this.service;
    const keyStore = app.get(KeyStore);
    const journal = new RunJournal(databases.records, app.get(AccessLog), clock, (step) => {
      if (step === until) throw new Error('cut off');
    });
    return new RunPurge(keyStore, app.get(DestructionDay), app.get(RunInputs), journal, app.get(DestructionCertificates), app.get(Sweep));
  }
}
