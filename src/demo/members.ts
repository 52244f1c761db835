import type { INestApplicationContext } from '@nestjs/common';
import { AdmitMember } from '../access/admit-member.js';
import { FindSession } from '../access/find-session.js';
import { InviteMember } from '../access/invite-member.js';
import { Join } from '../access/join.js';
import { ListMembers } from '../access/list-members.js';
import { SetUp } from '../access/set-up.js';
import { SetUpLink } from '../access/set-up-link.js';
import { SignIn } from '../access/sign-in.js';
import type { Role, SiteMember } from '../access/signed-in.js';
import { newToken, tokenBytes } from '../crypto/secret-token.js';
import { Refusal } from '../platform/refusal.js';

/** Someone of the demonstration: fictional, with a password made for this data directory. */
export interface DemoMember {
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface SignedInMember extends DemoMember {
  readonly token: string;
}

export const DEMO_TIME_ZONE = 'America/New_York';

const PEOPLE: readonly Omit<DemoMember, 'password'>[] = [
  { role: 'preparer', name: 'Priya Preparer', email: 'preparer@example.org' },
  { role: 'administrator', name: 'Ada Administrator', email: 'administrator@example.org' },
  { role: 'auditor', name: 'Aurelio Auditor', email: 'auditor@example.org' },
  { role: 'preparer', name: 'Paul Preparer', email: 'preparer2@example.org' },
  { role: 'administrator', name: 'Amina Administrator', email: 'administrator2@example.org' },
];

const ADDRESS = 'demonstration';

/**
 * Sets the service up the way people do: link, site, invitations, joining, admission by comparing six words. One site with
 * two preparers and an auditor, and the organisation's two administrators, neither of whom invited the other.
 */
export async function foundSite(app: INestApplicationContext, site = 'Riverside Tax Help (demonstration)'): Promise<readonly DemoMember[]> {
  const members = PEOPLE.map((person) => ({ ...person, password: newToken() }));
  const [preparer, founder, auditor, secondPreparer, second] = members as [DemoMember, DemoMember, DemoMember, DemoMember, DemoMember];
  const link = await app.get(SetUpLink).renew('http://localhost');
  if (!link) throw new Error('this service has been set up already');
  const organisation = { organisation: 'Riverside Community', site, timeZone: DEMO_TIME_ZONE };
  const made = await app.get(SetUp).run({ ...founder, ...organisation, token: tokenIn(link), second });
  await app.get(Join).run({ token: tokenIn(made.second!.path), password: second.password });
  const administrator = await memberOf(app, await signIn(app, founder));
  for (const member of [preparer, auditor, secondPreparer]) {
    const { path } = await app.get(InviteMember).run(administrator, member);
    await app.get(Join).run({ token: tokenIn(path), password: member.password });
  }
  await admitWaiting(app, await memberOf(app, await signIn(app, preparer)));
  return members;
}

/** A token for each, which does not idle out: for demonstrations and tests alone. */
export async function signInAll(app: INestApplicationContext, members: readonly DemoMember[]): Promise<readonly SignedInMember[]> {
  const signedIn: SignedInMember[] = [];
  for (const member of members) signedIn.push({ ...member, token: await signIn(app, member) });
  return signedIn;
}

/** Somebody who came back to a demonstration; without a token who cannot sign in now. */
export type ReturningMember = DemoMember & Partial<SignedInMember>;

/** As `signInAll`, save those who were disabled, have another password by now, or have to wait for restored records to be released. */
export async function signInWhoCan(app: INestApplicationContext, members: readonly DemoMember[]): Promise<readonly ReturningMember[]> {
  const returning: ReturningMember[] = [];
  for (const member of members) returning.push({ ...member, ...(await signInAll(app, [member]).catch(onlyRefused))[0] });
  return returning;
}

function onlyRefused(error: unknown): readonly [] {
  if (error instanceof Refusal && ['SIGN_IN_FAILED', 'RESTORED'].includes(error.code)) return [];
  throw error;
}

/** Who holds this token. */
export async function memberOf(app: INestApplicationContext, token: string): Promise<SiteMember> {
  const who = await app.get(FindSession).find(tokenBytes(token)!);
  if (!who) throw new Error('not signed in');
  return who;
}

async function signIn(app: INestApplicationContext, { email, password }: DemoMember): Promise<string> {
  return (await app.get(SignIn).run({ email, password }, ADDRESS, false)).token;
}

async function admitWaiting(app: INestApplicationContext, who: SiteMember): Promise<void> {
  for (const member of await app.get(ListMembers).run(who)) {
    if (member.status === 'waiting') await app.get(AdmitMember).run(who, member.id, member.words!.join(' '));
  }
}

function tokenIn(link: string): string {
  return new URL(link, 'http://localhost').searchParams.get('token')!;
}
