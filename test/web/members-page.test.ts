import { describe, expect, it } from '@jest/globals';
import type { ListedMember } from '../../src/access/list-members.js';
import type { Role, SiteMember } from '../../src/access/signed-in.js';
import { membersPageObject } from '../../src/web/controllers/members-page-object.js';
import { membersPage, type MemberRow } from '../../src/web/pages/members-page.js';
import { renderPage } from '../../src/web/shell/render-page.js';
import { PREPARER } from './sample-intake.js';

const HOLDER: MemberRow = { name: 'Rosa Whitfield', email: 'rosa@example.org', role: 'preparer', organisationWide: false, state: 'holdsKey' };
const WAITING: MemberRow = { ...HOLDER, name: 'Li Wei', email: 'li@example.org', state: 'waiting' };

describe('the list of members', () => {
  it('has a column for what can be done about them only where something can be done', () => {
    const columns = (...members: MemberRow[]) => [...renderPage(PREPARER, membersPage, { members }).matchAll(/<th scope="col">([^<]*)</g)].map(([, name]) => name);
    expect(columns(HOLDER, WAITING)).toEqual(['Name', 'Role', 'State']);
    expect(columns(HOLDER, { ...WAITING, admit: '/members/4/admit' })).toEqual(['Name', 'Role', 'State', 'Actions']);
    expect(columns(HOLDER, { ...WAITING, disable: '/members/4/disable' })).toEqual(['Name', 'Role', 'State', 'Actions']);
    expect(columns(HOLDER, { ...WAITING, state: 'invited', withdraw: '/members/invitations/4/withdraw' })).toEqual(['Name', 'Role', 'State', 'Actions']);
  });

  it('offers to take back invitations to those who may: of the whole organisation to its own members', () => {
    const invited = { id: '9', name: 'Nia Cole', email: 'nia@example.org', role: 'auditor', organisationWide: false, status: 'invited', holdsKey: false } as const satisfies ListedMember;
    const offered = (who: Pick<SiteMember, 'role' | 'organisationWide'>, member: ListedMember) =>
      membersPageObject({ memberId: '1', ...who } as SiteMember, [member]).members.map(({ withdraw, disable }) => [withdraw, disable]);
    const [ofSite, ofAll] = [{ role: 'administrator', organisationWide: false }, { role: 'administrator', organisationWide: true }] as const;
    const path = '/members/invitations/9/withdraw';
    expect(offered(ofSite, invited)).toEqual([[path, undefined]]);
    expect(offered(ofSite, { ...invited, organisationWide: true })).toEqual([[undefined, undefined]]);
    expect(offered(ofAll, { ...invited, organisationWide: true })).toEqual([[path, undefined]]);
    expect(offered(ofSite, { ...invited, status: 'active' })).toEqual([[undefined, '/members/9/disable']]);
    for (const role of ['preparer', 'auditor'] as const) expect(offered({ role, organisationWide: true }, invited)).toEqual([[undefined, undefined]]);
  });

  it('warns those who may invite another one of a single holder, and no more once there are two', () => {
    const holder = { id: '2', name: 'Rosa Whitfield', email: 'rosa@example.org', role: 'preparer', organisationWide: false, status: 'active', holdsKey: true } as const satisfies ListedMember;
    const waiting = { ...holder, id: '3', status: 'waiting', holdsKey: false } as const;
    const warns = (role: Role, ...members: ListedMember[]) => {
      const html = renderPage(PREPARER, membersPage, membersPageObject({ memberId: '1', role, organisationWide: false } as SiteMember, members));
      return html.includes('Only one person can read this site’s answers');
    };
    expect(warns('administrator', holder, waiting, { ...holder, id: '4', status: 'disabled' })).toBe(true);
    expect(warns('administrator', holder, { ...holder, id: '3' })).toBe(false);
    expect(warns('administrator', waiting)).toBe(false);
    for (const role of ['preparer', 'auditor'] as const) expect(warns(role, holder)).toBe(false);
  });
});
