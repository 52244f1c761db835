import type { Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyInstance } from 'fastify';
import { AccessModule } from '../../src/access/access.module.js';
import { AdmitMember } from '../../src/access/admit-member.js';
import { Approvals } from '../../src/access/approvals/approvals.js';
import { FindSession } from '../../src/access/find-session.js';
import type { FreshInvitation } from '../../src/access/invitation-row.js';
import { InviteMember } from '../../src/access/invite-member.js';
import { Join } from '../../src/access/join.js';
import { ListMembers } from '../../src/access/list-members.js';
import { SetUp } from '../../src/access/set-up.js';
import { SetUpLink } from '../../src/access/set-up-link.js';
import { SignIn } from '../../src/access/sign-in.js';
import type { Role, SiteMember } from '../../src/access/signed-in.js';
import { AuditModule } from '../../src/audit/audit.module.js';
import { tokenBytes } from '../../src/crypto/secret-token.js';
import { EventLog } from '../../src/platform/event-log.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { Refusal, type RefusalCode } from '../../src/platform/refusal.js';
import { VaultModule } from '../../src/vault/vault.module.js';
import { ApprovalsController } from '../../src/web/api/approvals.controller.js';
import { NoticesController } from '../../src/web/api/notices.controller.js';
import { AccessJoiningController } from '../../src/web/api/access-joining.controller.js';
import { AccessMembersController } from '../../src/web/api/access-members.controller.js';
import { AccessSessionController } from '../../src/web/api/access-session.controller.js';
import { AccessSetUpController } from '../../src/web/api/access-set-up.controller.js';
import { AccessSiteController } from '../../src/web/api/access-site.controller.js';
import { KeptForms } from '../../src/web/http/kept-forms.js';
import { Pages } from '../../src/web/http/pages.js';
import { RefusalFilter } from '../../src/web/http/refusal.filter.js';
import { bodyValidation } from '../../src/web/http/validate-body.js';
import { Visitor } from '../../src/web/http/visitor.js';
import { TestClock } from '../support/test-clock.js';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';

export const START = new Date('2027-02-01T17:00:00Z');

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** The access part of the service on databases of its own, over HTTP and directly. */
export class AccessWorld {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly databases: TestDatabases,
    readonly clock: TestClock,
  ) {}

  static async start(controllers: Type[] = []): Promise<AccessWorld> {
    const databases = await makeDatabases();
    const { records, keys, settings } = databases;
    const clock = new TestClock(START);
    const events = new EventLog(() => clock.now(), { write: () => undefined });
    const module = await Test.createTestingModule({
      imports: [PlatformModule.of({ settings, clock, records, keys, events }), AuditModule, VaultModule, AccessModule],
      controllers: [
        ...[AccessSessionController, AccessSetUpController, AccessMembersController, AccessJoiningController, AccessSiteController],
        ...[ApprovalsController, NoticesController],
        ...controllers,
      ],
      providers: [Visitor, Pages, KeptForms, { provide: APP_FILTER, useClass: RefusalFilter }],
    }).compile();
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    app.useGlobalPipes(bodyValidation());
    await app.init();
    await (app.getHttpAdapter().getInstance() as unknown as FastifyInstance).ready();
    return new AccessWorld(app, databases, clock);
  }

  get<T>(provider: Type<T>): T {
    return this.app.get(provider);
  }

  /** Sets the service up through its link. @returns the first administrator */
  async setUp(): Promise<Person> {
    return (await this.setUpByTwo())[0];
  }

  /** The same. @returns both administrators, of whom neither invited the other */
  async setUpByTwo(): Promise<readonly [Person, Person]> {
    const link = await this.get(SetUpLink).renew('http://localhost');
    const [ada, ruth] = ['ada', 'ruth'].map((name) => ({ email: `${name}@example.org`, password: passwordOf(name) })) as [Omit<Person, 'id'>, Omit<Person, 'id'>];
    const input = { ...ada, token: tokenIn(link!), organisation: 'Harbor Volunteers', site: 'Pier Street', timeZone: 'America/Chicago', name: 'Ada' };
    const made = await this.get(SetUp).run({ ...input, second: { name: 'Ruth', email: ruth.email } });
    const second = await this.get(Join).run({ token: tokenIn(made.second!.path), password: ruth.password });
    return [{ ...ada, id: made.memberId }, { ...ruth, id: second.id }];
  }

  /**
   * Invited by the administrator, joined with a password of their own; not admitted.
   * @param approver of an administrator: another one, whom the first has not invited
   */
  async join(administrator: Person, role: Role, name: string, approver?: Person): Promise<Person> {
    const { path, approval } = await this.invite(await this.who(administrator), role, name);
    if (approval && approver) await this.get(Approvals).approve(await this.who(approver), approval.id);
    return this.accept(path, name);
  }

  /** An administrator and two preparers, of whom the first has admitted the second. */
  async setUpWithPreparers(): Promise<{ readonly ada: Person; readonly fern: Person; readonly sam: Person }> {
    const ada = await this.setUp();
    const [fern, sam] = [await this.join(ada, 'preparer', 'fern'), await this.join(ada, 'preparer', 'sam')];
    await this.admit(fern, sam);
    return { ada, fern, sam };
  }

  invite(who: SiteMember, role: Role, name: string): Promise<FreshInvitation> {
    return this.get(InviteMember).run(who, { name, email: `${name}@example.org`, role, reason: 'The season needs one more.' });
  }

  async accept(path: string, name: string): Promise<Person> {
    const person = { email: `${name}@example.org`, password: passwordOf(name) };
    return { ...person, id: (await this.get(Join).run({ token: tokenIn(path), password: person.password })).id };
  }

  async admit(by: Person, candidate: Person): Promise<void> {
    const who = await this.who(by);
    await this.get(AdmitMember).run(who, candidate.id, await this.wordsOf(who, candidate));
  }

  async wordsOf(who: SiteMember, candidate: Person): Promise<string> {
    const member = (await this.get(ListMembers).run(who)).find(({ id }) => id === candidate.id);
    return member!.words!.join(' ');
  }

  async token(person: Person): Promise<string> {
    return (await this.get(SignIn).run(person, `address of ${person.email}`)).token;
  }

  /** Signed in afresh. */
  async who(person: Person): Promise<SiteMember> {
    return (await this.find(await this.token(person)))!;
  }

  async find(token: string): Promise<SiteMember | undefined> {
    return this.get(FindSession).find(tokenBytes(token)!);
  }

  /** The entries of a kind, oldest first, as they stand in the log. */
  async entries(kind: string): Promise<{ actor: Record<string, string>; subject: Record<string, string>; context: Record<string, unknown> }[]> {
    const rows = await this.databases.recordsOwner<{ actor: string; subject: string; context: string }>(
      'SELECT p.actor, p.subject, p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = $1 ORDER BY e.id',
      [kind],
    );
    return rows.map((row) => ({ actor: JSON.parse(row.actor), subject: JSON.parse(row.subject), context: JSON.parse(row.context) }));
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.databases.close();
  }
}

export function passwordOf(name: string): string {
  return `walrus ${name} juggling plums`;
}

export function tokenIn(link: string): string {
  return new URL(link, 'http://localhost').searchParams.get('token')!;
}

/** The code that work was refused with; undefined when it was not. Any other error fails the test. */
export async function refusedWith(work: Promise<unknown>): Promise<RefusalCode | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
