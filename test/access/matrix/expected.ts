import type { Role } from '../../../src/access/signed-in.js';
import type { Caller } from './callers.js';

/** What a route is about, for addresses and bodies. All of it is of the first site, save the run, which is everybody's. */
export interface Fixtures {
  readonly intake: string;
  /** At its client's request, and destroyed. */
  readonly erased: string;
  readonly run: string;
  readonly approval: string;
  /** A legal hold on the first site, released. Who belongs to the whole organisation knows it wherever they work. */
  readonly hold: string;
  readonly waiting: string;
  readonly disabled: string;
  /** Invitations to the first site: one that waits, and the one by which somebody has joined. */
  readonly invited: string;
  readonly joined: string;
}

/** One route as it is meant to be, written down without a look at what its controller declares. */
export interface Rule {
  /** `anyone`: signed in or not. */
  readonly who: 'anyone' | readonly Role[];
  /** Of those, only who belongs to the whole organisation. */
  readonly ofOrganisation?: true;
  /** A preparer has to hold the site's key. */
  readonly needsKey?: true;
  /** What the address names belongs to one site: to members of another it does not exist. */
  readonly ofSite?: true;
  /** The answer to those who may: the request is one that is understood, and as a rule changes nothing that matters later. */
  readonly answer: number | readonly number[];
  /** Exceptions among those who may, by the caller's name. */
  readonly but?: Readonly<Record<string, number>>;
  /** In place of ':id'. */
  readonly id?: keyof Fixtures;
  /** With its question mark. */
  readonly query?: string;
  readonly body?: (caller: Caller) => object | string;
  /** Ends the session that it is sent with. */
  readonly ends?: true;
}

export const isPage = (route: string): boolean => !/^\w+ \/(api\/|healthz$|readyz$)/.test(route);
const isGet = (route: string): boolean => route.startsWith('GET ');

/** The statuses with which the route may answer this caller. */
export function expectedOf(route: string, rule: Rule, { name, member }: Caller): readonly number[] {
  const answer = typeof rule.answer === 'number' ? [rule.answer] : rule.answer;
  const exception = rule.but?.[name];
  if (rule.who === 'anyone') return exception === undefined ? answer : [exception];
  if (!member) return [isPage(route) && isGet(route) ? 303 : 401];
  if (!rule.who.includes(member.role) || (rule.ofOrganisation && !member.organisationWide)) return [403];
  if (exception !== undefined) return [exception];
  if (rule.needsKey && member.role === 'preparer' && !member.holdsKey) return [isPage(route) && isGet(route) ? 303 : 403];
  return rule.ofSite && !member.isHere ? [404] : answer;
}
