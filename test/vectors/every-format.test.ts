import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { makeDatabases } from '../support/test-databases.js';
import { readRecordsState } from '../../src/vault/restored/records-state.js';

const PAGE = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8');
const vectors = JSON.parse(readFileSync(new URL('formats-v1.json', import.meta.url), 'utf8'));

/** Which known answers there are for each section of the page, in formats-v1.json or in a file of their own. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  Context: ['context', 'keyedHash'],
  Wrap: ['wrap'],
  Password: ['password'],
  Grant: ['grant'],
  'Six words': ['sixWords'],
  Token: ['token'],
  Section: ['section', 'sealedClass'],
  'Catalogue versions': ['test/vectors/catalogue-v1.json', 'test/vectors/catalogue-v2.json'],
  Cell: ['cell'],
  'Lookup row': ['lookup'],
  'Master file': ['masterFile'],
  'Log leaf': ['test/vectors/log-leaf.json', 'test/vectors/pruned-places.json', 'test/vectors/verification-findings.json'],
  'Log tree, checkpoint, signer\'s memory': ['tree', 'checkpoint', 'signerState'],
  'Proofs and tiles of the log': ['test/audit/proofs-from-tiles.test.ts', 'test/audit/tlog-proof.test.ts'], // C2SP's, with published vectors
  'Destruction certificate': ['certificate'],
  'What the key store remembers of the records': ['recordsMemory'],
  'Log export': ['test/audit/export.test.ts'], // C2SP's layout over the leaves and the tree above
  Backup: ['test/platform/backup'], // PostgreSQL's own bytes in a tar archive: made and opened there
};

/** The same for each line of the table of what is wrapped. */
const WRAPPED: Readonly<Record<string, string>> = {
  'member\'s secret key': 'memberSecret',
  'the same, for a session': 'memberSecret.session',
  'box with the vault key (see Grant)': 'grant',
  'intake key': 'vaultWraps.intake',
  'lookup key': 'vaultWraps.lookup',
  'life share': 'lifeShare',
  'lookup term': 'lookup.row',
  'bucket key': 'bucket',
  'ring: the keys of all buckets of a site and class, one after the other in any order': 'bucketRing',
  'halves\' key': 'half.halvesKey',
  half: 'half.row',
};

describe('docs/formats.md', () => {
  it('has no section without known answers', () => {
    const headings = [...PAGE.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!);
    expect(headings.sort()).toEqual(Object.keys(SECTIONS).sort());
    const missing = Object.values(SECTIONS).flat().filter((name) => (name.includes('/') ? !existsSync(new URL(`../../${name}`, import.meta.url)) : !vectors[name]));
    expect(missing).toEqual([]);
  });

  it('wraps nothing without a known answer', () => {
    const table = PAGE.slice(PAGE.indexOf('| what is wrapped |'), PAGE.indexOf('## Password'));
    const lines = [...table.matchAll(/^\| ([^|]+?) \| .+ \|$/gm)].map(([, what]) => what!).slice(1).filter((what) => !what.startsWith('-'));
    expect(lines.sort()).toEqual(Object.keys(WRAPPED).sort());
    const missing = Object.values(WRAPPED).filter((path) => path.split('.').reduce((inside, name) => inside?.[name], vectors) === undefined);
    expect(missing).toEqual([]);
  });

  it('says what the key store remembers of the records', async () => {
    const { grants, policies, readers } = vectors.recordsMemory;
    const databases = await makeDatabases();
    try {
      const rows = (grants as { site: string; member: string; number: number; mac: string }[]).map(
        ({ site, member, number, mac }) => `('${site}', '${member}', ${number}, gen_random_uuid(), '', '\\x${mac}', '${member}', '2027-01-01')`,
      );
      const published = (policies as { version: number; day: string; document: string }[]).map(({ version, day, document }) => `(${version}, '${day}', now(), '${document}')`);
      await databases.recordsOwner(`
        BEGIN; SET LOCAL session_replication_role = replica;
        INSERT INTO vault_grant (site_id, member_id, vault_number, half_id, sealed, mac, admitted_by, admitted_day) VALUES ${rows.join()};
        INSERT INTO retention_policy (version, effective_day, published_at, document) VALUES ${published.join()}; COMMIT`);
      const state = await databases.records.acrossSites((tx) => readRecordsState(tx));
      expect(state.readers.toString('hex')).toBe(readers);
    } finally {
      await databases.close();
    }
  });
});
