import { DisableMember } from '../../../src/access/disable-member.js';
import { SignOut } from '../../../src/access/sign-out.js';
import { ROLES, type Role } from '../../../src/access/signed-in.js';
import { memberOf } from '../../../src/demo/members.js';
import type { TestService } from '../../support/test-service.js';
import { at, signIn, type People, type Person } from './people.js';

/** Somebody, or nobody, who sends requests. */
export interface Caller {
  readonly name: string;
  readonly token?: string;
  /** undefined: nobody whom the service knows, for whatever reason. */
  readonly member?: {
    readonly role: Role;
    readonly organisationWide: boolean;
    /** Works at the site whose ids are in the addresses. */
    readonly isHere: boolean;
    readonly holdsKey: boolean;
    readonly siteId: string;
    /** The same with a session of its own, which may be ended. */
    again(): Promise<Caller>;
  };
  /** Puts back a session that the service ends on sight. */
  readonly restore?: () => Promise<unknown>;
}

export async function makeCallers(service: TestService, people: People): Promise<readonly Caller[]> {
  return [...(await makeMembers(service, people)), ...(await makeStrangers(service, people))];
}

async function makeMembers({ app }: TestService, { here, elsewhere, of, ofElsewhere, ofOrganisation }: People): Promise<readonly Caller[]> {
  const member = async (name: string, person: Person, { holdsKey = false, siteId = here } = {}): Promise<Caller> => {
    const token = await signIn(app, person);
    const who = await memberOf(app, token);
    if (who.siteId !== siteId) await at(app, who, siteId);
    const { role, organisationWide } = who;
    const again = (): Promise<Caller> => member(name, person, { holdsKey, siteId });
    return { name, token, member: { role, organisationWide, isHere: siteId === here, holdsKey, siteId, again } };
  };
  return [
    await member('preparer', of.preparer, { holdsKey: true }),
    await member('waiting preparer', of.waiting),
    await member('administrator', of.administrator),
    await member('auditor', of.auditor),
    await member('preparer elsewhere', ofElsewhere.preparer, { holdsKey: true, siteId: elsewhere }),
    await member('administrator elsewhere', ofElsewhere.administrator, { siteId: elsewhere }),
    await member('auditor elsewhere', ofElsewhere.auditor, { siteId: elsewhere }),
    await member('organisation’s administrator', ofOrganisation.administrator),
    await member('organisation’s auditor', ofOrganisation.auditor),
    await member('organisation’s administrator, elsewhere', ofOrganisation.administrator, { siteId: elsewhere }),
    await member('organisation’s auditor, elsewhere', ofOrganisation.auditor, { siteId: elsewhere }),
  ];
}

async function makeStrangers(service: TestService, { of, leavers }: People): Promise<readonly Caller[]> {
  const { app } = service;
  const strangers: Caller[] = [{ name: 'signed out' }];
  for (const role of ROLES) {
    const expired = await signIn(app, of[role]);
    const restore = await restorable(service, expired, { expires_at: new Date('2027-01-01') });
    strangers.push({ name: `${role} whose session expired`, token: expired, restore });
  }

  const signedOut = await signIn(app, of.preparer);
  await app.get(SignOut).run(await memberOf(app, signedOut));
  strangers.push({ name: 'session that was signed out', token: signedOut });

  const administrator = await memberOf(app, await signIn(app, of.administrator));
  for (const role of ROLES) {
    // The row as well, which disabling takes away: the account is what counts.
    const disabled = await signIn(app, leavers[role]);
    const restore = await restorable(service, disabled, {});
    await app.get(DisableMember).run(administrator, leavers[role].id);
    strangers.push({ name: `disabled ${role}`, token: disabled, restore });
  }
  return [...strangers, { name: 'nonsense for a token', token: 'A'.repeat(43) }];
}

/** @returns puts the session's row back, changed like this */
async function restorable({ app, databases }: TestService, token: string, change: object): Promise<() => Promise<unknown>> {
  const { sessionId } = await memberOf(app, token);
  const [row] = await databases.recordsOwner<object>('SELECT * FROM session WHERE id = $1', [sessionId]);
  const columns = { ...row!, ...change };
  const places = Object.keys(columns).map((_, i) => `$${i + 1}`);
  const insert = `INSERT INTO session (${Object.keys(columns).join(', ')}) VALUES (${places.join(', ')}) ON CONFLICT DO NOTHING`;
  await databases.recordsOwner('DELETE FROM session WHERE id = $1', [sessionId]);
  return () => databases.recordsOwner(insert, Object.values(columns));
}
