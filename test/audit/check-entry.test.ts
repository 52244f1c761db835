import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS } from '../../src/access/permissions.js';
import { checkEntry } from '../../src/audit/check-entry.js';
import type { LogEntry } from '../../src/audit/entry.js';
import { fieldName, permissionName } from '../../src/audit/entry-values.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { reading, writing } from './log-fixture.js';

const SITE = 'b1111111-1111-4111-8111-111111111111';
const INTAKE = 'c1111111-1111-4111-8111-111111111111';
const SSN = '900-00-1234';

/** What a careless caller, or one that a type assertion misled, might hand over. */
const careless = (change: (entry: Record<string, Record<string, unknown>>) => void): LogEntry => {
  const entry = structuredClone(reading(SITE)) as unknown as Record<string, Record<string, unknown>>;
  change(entry);
  return entry as unknown as LogEntry;
};

describe('what may stand in the log', () => {
  it('is an entry of our own parts', () => {
    expect(() => checkEntry(reading(SITE))).not.toThrow();
    expect(() => checkEntry(writing(SITE, INTAKE, 'ab'.repeat(32)))).not.toThrow();
    const refused = { permission: 'intake.read', reason: 'FORBIDDEN' } as const;
    expect(() => checkEntry({ kind: 'access.refused', actor: {}, subject: {}, context: refused })).not.toThrow();
    const failed = { reason: 'unknown-account' } as const;
    const visitor = { system: 'visitor' } as const;
    expect(() => checkEntry({ kind: 'sign-in-failed', actor: visitor, subject: {}, context: failed })).not.toThrow();
  });

  it.each<[string, LogEntry]>([
    ['an id that is a number of a person', careless(({ subject }) => (subject!['intake'] = SSN))],
    ['a position in a field name', careless(({ subject }) => (subject!['fields'] = ['household.0.firstName']))],
    ['a value as a field name', careless(({ subject }) => (subject!['fields'] = [SSN]))],
    ['words as a field name', careless(({ subject }) => (subject!['fields'] = ['my name is']))],
    ['a class that is none', careless(({ subject }) => (subject!['classes'] = [SSN]))],
    ['a search term', careless(({ context }) => (context!['term'] = SSN))],
    ['free words as a purpose', careless(({ context }) => (context!['purpose'] = SSN))],
    ['free words as a reason', careless(({ context }) => (context!['reason'] = SSN))],
    ['an address of the network', careless(({ actor }) => (actor!['ip'] = '127.0.0.1'))],
    ['a value as the name of a count', careless(({ context }) => (context!['counts'] = { [SSN]: 1 }))],
    ['a name from the prototype', careless(({ context }) => (context!['toString'] = SSN))],
    ['an unknown kind', careless((entry) => Object.assign(entry, { kind: SSN }))],
    ['a missing value', careless(({ context }) => (context!['ticket'] = undefined))],
  ])('is not %s, and the refusal does not repeat it', (_name, entry) => {
    const refused = thrownBy(() => checkEntry(entry));
    expect(refused).toBeInstanceOf(TypeError);
    expect(String(refused)).not.toContain(SSN);
  });

  it('can name every field of the catalogue and every permission', () => {
    expect(catalogue.fields.map(({ path }) => path).filter((path) => !fieldName(path))).toEqual([]);
    expect(PERMISSIONS.filter((name) => !permissionName(name))).toEqual([]);
  });

  it('names fields for readings, always, and for nothing else', () => {
    const { subject, ...rest } = reading(SITE);
    const { fields: _fields, ...unnamed } = subject;
    expect(() => checkEntry({ ...rest, subject: unnamed })).toThrow('does not say what was read');
    const written = writing(SITE, INTAKE, 'ab'.repeat(32));
    expect(() => checkEntry({ ...written, subject: { ...written.subject, fields: ['contact.phone'] } })).toThrow('names fields');
  });
});

function thrownBy(work: () => void): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
