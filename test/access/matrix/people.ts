import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Approvals } from '../../../src/access/approvals/approvals.js';
import { ChooseSite } from '../../../src/access/choose-site.js';
import { InviteMember } from '../../../src/access/invite-member.js';
import { Join } from '../../../src/access/join.js';
import { OpenSite } from '../../../src/access/open-site.js';
import { SignIn } from '../../../src/access/sign-in.js';
import type { Role, SiteMember } from '../../../src/access/signed-in.js';
import { memberOf } from '../../../src/demo/members.js';
import type { TestService } from '../../support/test-service.js';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** Everybody who knocks at the routes, at two sites and above them. */
export interface People {
  readonly here: string;
  readonly elsewhere: string;
  readonly of: Readonly<Record<'preparer' | 'waiting' | 'alsoWaiting' | 'administrator' | 'auditor', Person>>;
  /** To be disabled. */
  readonly leavers: Readonly<Record<Role, Person>>;
  readonly ofElsewhere: Readonly<Record<Role, Person>>;
  readonly ofOrganisation: Readonly<Record<'administrator' | 'auditor', Person>>;
  /** A decided request of the first site. */
  readonly approval: string;
  /** Invitations to the first site: one that waits, and the one by which `administrator` has joined. */
  readonly invited: string;
  readonly joined: string;
}

/** Adds to a service with its five members another site, and members of each kind that is missing. */
export async function makePeople(service: TestService): Promise<People> {
  const { app, members } = service;
  const [first, , auditor, , second] = await Promise.all(members.map(async (one) => ({ ...one, id: (await memberOf(app, one.token)).memberId })));
  const inviter = await memberOf(app, members[1]!.token);
  const approver = await memberOf(app, second!.token);
  const here = inviter.siteId;
  const elsewhere = (await app.get(OpenSite).run(inviter, { name: 'Elm Street', timeZone: 'America/Denver' })).id;

  const add = async (siteId: string, role: Role, name: string, organisationWide = false): Promise<Person & { approval?: string; invitation: string }> => {
    const [by, also] = [await at(app, inviter, siteId), await at(app, approver, siteId)];
    const person = { name, email: `${name}@example.org`, password: `walrus ${name} juggling plums` };
    const { id: invitation, path, approval } = await app.get(InviteMember).run(by, { ...person, role, organisationWide, reason: 'The season needs one more.' });
    if (approval) await app.get(Approvals).approve(also, approval.id);
    const { id } = await app.get(Join).run({ token: new URL(path, 'http://localhost').searchParams.get('token')!, password: person.password });
    return { ...person, id, invitation, ...(approval ? { approval: approval.id } : {}) };
  };
  const administrator = await add(here, 'administrator', 'sid');
  const waits = await app.get(InviteMember).run(await at(app, inviter, here), { name: 'ida', email: 'ida@example.org', role: 'preparer' });
  const people: People = {
    ...{ here, elsewhere, approval: administrator.approval!, invited: waits.id, joined: administrator.invitation },
    of: {
      ...{ preparer: first!, auditor: auditor!, administrator },
      waiting: await add(here, 'preparer', 'wim'),
      alsoWaiting: await add(here, 'preparer', 'wendy'),
    },
    leavers: {
      preparer: await add(here, 'preparer', 'leo'),
      administrator: await add(here, 'administrator', 'lia'),
      auditor: await add(here, 'auditor', 'lou'),
    },
    ofElsewhere: {
      preparer: await add(elsewhere, 'preparer', 'pam'),
      administrator: await add(elsewhere, 'administrator', 'abe'),
      auditor: await add(elsewhere, 'auditor', 'una'),
    },
    ofOrganisation: { administrator: second!, auditor: await add(here, 'auditor', 'ora', true) },
  };
  await at(app, inviter, here);
  await at(app, approver, here);
  return people;
}

/** A fresh session. */
export async function signIn(app: NestFastifyApplication, { email, password }: Person): Promise<string> {
  return (await app.get(SignIn).run({ email, password }, `address of ${email}`, false)).token;
}

/** The same member of the whole organisation, at work at another site. */
export async function at(app: NestFastifyApplication, who: SiteMember, siteId: string): Promise<SiteMember> {
  await app.get(ChooseSite).run(who, siteId);
  return { ...who, siteId };
}
