import { describe, expect, it } from '@jest/globals';
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
  });
});
