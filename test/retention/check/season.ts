import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AccessLog } from '../../../src/audit/append-entry.js';
import type { EntryId, LogEntry } from '../../../src/audit/entry.js';
import { writeExport } from '../../../src/audit/export/write-export.js';
import { Signer } from '../../../src/audit/signer.js';
import { verifyCertificate } from '../../../src/commands/verify-certificate.js';
import { signInAll } from '../../../src/demo/members.js';
import { RecordsDatabase } from '../../../src/platform/records-database.js';
import type { CheckedLives } from '../../../src/retention/check-lives.js';
import type { DestroyedBucket } from '../../../src/retention/destroyed-buckets.js';
import { DestructionCertificates } from '../../../src/retention/destruction-certificates.js';
import { DestructionDay } from '../../../src/retention/destruction-day.js';
import { holdInEntry } from '../../../src/retention/holds/logged-holds.js';
import { SettleHolds } from '../../../src/retention/holds/settle-holds.js';
import { LivesByLog } from '../../../src/retention/lives-by-log.js';
import { FollowRules } from '../../../src/retention/policies/follow-rules.js';
import type { RunOutcome, StepObserver } from '../../../src/retention/purge-run.js';
import { RunInputs } from '../../../src/retention/run-inputs.js';
import { RunJournal, type BegunRun, type Destroyed } from '../../../src/retention/run-journal.js';
import { RunPurge } from '../../../src/retention/run-purge.js';
import { awaitSequenced } from '../../../src/retention/await-sequenced.js';
import { Sweep } from '../../../src/retention/sweep.js';
import { lockHolds } from '../../../src/vault/hold-lock.js';
import { releaseHolds, writeHold, type HoldScope } from '../../../src/vault/holds.js';
import { KeyStore } from '../../../src/vault/key-store.js';
import { signAll } from '../../support/sign-all.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../../support/test-service.js';

/** What somebody who changed the service would run: it destroys by the key store's days without a look at the log. */
class UncheckedInputs extends RunInputs {
  override check(): Promise<CheckedLives> {
    return Promise.resolve({ corrected: [], unlogged: [] });
  }

  override settleHolds(): Promise<void> {
    return Promise.resolve();
  }
}

/** What a service that lies makes of the first bucket of a run: in its entries, and in its certificate. */
export type Forgery = (bucket: DestroyedBucket, where: 'entries' | 'certificate') => DestroyedBucket;

class ForgingJournal extends RunJournal {
  forge: Forgery = (bucket) => bucket;

  override report(run: BegunRun, destroyed: Destroyed): Promise<EntryId> {
    return super.report(run, forged(destroyed, 'entries', this.forge));
  }
}

class ForgingCertificates extends DestructionCertificates {
  forge: Forgery = (bucket) => bucket;

  override issue(run: BegunRun, destroyed: Destroyed, finished: EntryId): Promise<void> {
    return super.issue(run, forged(destroyed, 'certificate', this.forge), finished);
  }
}

function forged(destroyed: Destroyed, where: 'entries' | 'certificate', forge: Forgery): Destroyed {
  const [first, ...rest] = destroyed.buckets;
  return { ...destroyed, buckets: [forge(first!, where), ...rest] };
}

/** A service whose days go by, with a run on each day that is asked for, and an outsider who checks what it certifies. */
export class Season {
  readonly directory = mkdtempSync(join(tmpdir(), 'thinfile-check-'));

  private constructor(
    readonly service: TestService,
    readonly siteId: string,
  ) {}

  static async start(now: string): Promise<Season> {
    const service = await startTestService({ now });
    const [site] = await service.databases.recordsOwner<{ id: string }>('SELECT id FROM site');
    return new Season(service, site!.id);
  }

  async end(): Promise<void> {
    await this.service.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Noon of that day; with a session of that day. */
  async on(day: string): Promise<ApiClient> {
    this.service.clock.setTo(new Date(`${day}T18:00:00Z`));
    return this.service.signInAgain('preparer');
  }

  async intake(api: ApiClient, taxYear = 2026): Promise<string> {
    const taxpayer = { firstName: 'Robin', taxpayerId: '900-00-0001' };
    const { status, body } = await api.post('/api/intakes', { taxYear, answers: { taxpayer } });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.id as string;
  }

  async touch(api: ApiClient, id: string, answers: object = { contact: { email: 'robin@example.org' } }): Promise<void> {
    const { body } = await api.get(`/api/intakes/${id}?fields=situation`);
    const { status, body: answer } = await api.patch(`/api/intakes/${id}`, { version: body.version, answers });
    if (status !== 200) throw new Error(JSON.stringify(answer));
  }

  async stages(api: ApiClient, id: string, ...stages: readonly string[]): Promise<void> {
    for (const stage of stages) {
      const { status, body } = await api.post(`/api/intakes/${id}/stage`, { stage });
      if (status !== 200) throw new Error(JSON.stringify(body));
    }
  }

  /** @returns the run's id, once it has finished */
  async run(how: 'as it is' | 'unchecked' = 'as it is'): Promise<string> {
    const { app } = this.service;
    const run = how === 'as it is' ? app.get(RunPurge) : this.unchecked();
    const outcome = await run.execute('command');
    if (outcome.state !== 'finished') throw new Error(JSON.stringify(outcome));
    return outcome.id;
  }

  /** A run that is watched, or hindered, step by step. */
  watched(observe: StepObserver): Promise<RunOutcome> {
    const { app, clock } = this.service;
    const journal = new RunJournal(app.get(RecordsDatabase), app.get(AccessLog), clock, observe);
    return new RunPurge(app.get(KeyStore), app.get(DestructionDay), app.get(RunInputs), journal, app.get(DestructionCertificates), app.get(Sweep)).execute('command');
  }

  /**
   * Between a run's last look at the keys and its entries, where it waits for the holds, to which somebody else attends meanwhile. To be
   * called, and not waited for, when its step `certificate` begins.
   */
  beforeEntries(work: () => Promise<unknown>): Promise<void> {
    return this.service.app.get(RecordsDatabase).acrossSites(async (tx) => {
      await lockHolds(tx);
      const waits = (): Promise<readonly unknown[]> => this.service.databases.recordsOwner(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
      while ((await waits()).length === 0) await sleep(20);
      await work();
    });
  }

  /** @returns the run's id, once it has finished */
  async forgedRun(forge: Forgery): Promise<string> {
    const { app, clock } = this.service;
    const [records, keyStore] = [app.get(RecordsDatabase), app.get(KeyStore)];
    const journal = new ForgingJournal(records, app.get(AccessLog), clock, () => undefined);
    const certificates = new ForgingCertificates(records, keyStore, app.get(Signer), clock);
    journal.forge = forge;
    certificates.forge = forge;
    const outcome = await new RunPurge(keyStore, app.get(DestructionDay), app.get(RunInputs), journal, certificates, app.get(Sweep)).execute('command');
    if (outcome.state !== 'finished') throw new Error(JSON.stringify(outcome));
    return outcome.id;
  }

  async certificate(run: string): Promise<{ readonly note: string; readonly body: string }> {
    return (await this.service.app.get(DestructionCertificates).find(run))!;
  }

  /** @returns the directory of a fresh export */
  async export(): Promise<string> {
    const directory = join(this.directory, `log-${randomUUID()}`);
    await signAll(this.service.app);
    await writeExport(this.service.app.get(RecordsDatabase), directory, () => undefined);
    return directory;
  }

  /** What the command says of a certificate: its lines, and the message that it fails with. */
  check(text: string, asked: { readonly key?: string; readonly log?: string }): { readonly said: string; readonly failure: string | undefined } {
    const file = join(this.directory, `certificate-${randomUUID()}`);
    writeFileSync(file, text);
    const said: string[] = [];
    try {
      verifyCertificate(file, asked, (line) => said.push(line));
      return { said: said.join('\n'), failure: undefined };
    } catch (error) {
      return { said: said.join('\n'), failure: (error as Error).message };
    }
  }

  /** Checks a run's certificate against a fresh export. @returns what it fails with */
  async flawOf(run: string): Promise<string | undefined> {
    const { note } = await this.certificate(run);
    return this.check(note, { log: await this.export() }).failure;
  }

  /** As they would be after a hold was placed, and after two had released it. @returns its id */
  async hold(scope: HoldScope): Promise<string> {
    const { id, atSite } = await this.holdWithoutEntry(scope);
    await this.log('hold.placed', holdInEntry(id, atSite));
    return id;
  }

  /** As a crash leaves it between the two databases. */
  async holdWithoutEntry(scope: HoldScope): Promise<{ readonly id: string; readonly atSite: HoldScope }> {
    const id = randomUUID();
    const { app, clock } = this.service;
    const atSite = { site: this.siteId, ...scope };
    await app.get(KeyStore).transaction(({ tx }) => writeHold(tx, { id, scope: atSite, placedAt: clock.now() }));
    return { id, atSite };
  }

  async release(id: string): Promise<void> {
    const { app, clock } = this.service;
    await this.log('hold.released', { subject: { site: this.siteId }, context: { hold: id } });
    await app.get(KeyStore).transaction(({ tx }) => releaseHolds(tx, [id], clock.now()));
  }

  /** Two of them, with sessions of this day. */
  async administrators(): Promise<readonly [ApiClient, ApiClient]> {
    const { app, members, url } = this.service;
    const tokens = (await signInAll(app, members)).filter(({ role }) => role === 'administrator').map(({ token }) => apiClient(url, token));
    return tokens as [ApiClient, ApiClient];
  }

  /** By two, and with all days after it. @returns its version */
  async publish(document: object, effectiveDay: string): Promise<number> {
    const [one, other] = await this.administrators();
    const asked = await one.post('/api/retention/policy/proposals', { document, effectiveDay, reason: 'The board decided on other periods.' });
    const { status, body } = await other.post(`/api/approvals/${asked.body.approvalId}/approve`);
    if (status !== 204) throw new Error(JSON.stringify([asked.body, body]));
    await this.service.app.get(FollowRules).now();
    const [{ version }] = (await this.service.databases.recordsOwner('SELECT max(version) AS version FROM retention_policy')) as [{ version: number }];
    return version;
  }

  keys(sql: string, ...parameters: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
    return this.service.databases.keysOwner(sql, [...parameters]);
  }

  private async log(kind: 'hold.placed' | 'hold.released', parts: Pick<LogEntry, 'subject' | 'context'>): Promise<void> {
    const { app } = this.service;
    const records = app.get(RecordsDatabase);
    const entry = await records.acrossSites((tx) => app.get(AccessLog).append(tx, { kind, actor: { system: 'holds' }, ...parts }));
    await awaitSequenced(records, [entry]);
  }

  private unchecked(): RunPurge {
    const { app } = this.service;
    const inputs = new UncheckedInputs(app.get(RecordsDatabase), app.get(KeyStore), app.get(LivesByLog), app.get(SettleHolds));
    return new RunPurge(app.get(KeyStore), app.get(DestructionDay), inputs, app.get(RunJournal), app.get(DestructionCertificates), app.get(Sweep));
  }
}
