import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keysMigrations } from '../../migrations/keys/all.js';
import { recordsMigrations } from '../../migrations/records/all.js';
import { dataSource } from '../../src/platform/data-source.js';
import { migrate } from '../../src/platform/migrate.js';
import type { DatabaseUrls } from '../../src/platform/settings.js';
import { describeSchema } from '../support/describe-schema.js';
import { ask } from '../support/embedded.js';

const DATABASES = { records: recordsMigrations, keys: keysMigrations } as const;

describe.each(['records', 'keys'] as const)('the migrations of %s', (which) => {
  const migrations = DATABASES[which];
  let server: DatabaseUrls;
  let name: string;
  let urls: DatabaseUrls;

  beforeEach(async () => {
    const servers = JSON.parse(readFileSync(process.env['THINFILE_TEST_SERVERS']!, 'utf8')) as Record<typeof which, DatabaseUrls>;
    server = servers[which];
    name = `m_${randomBytes(6).toString('hex')}`;
    await ask(server.owner, `CREATE DATABASE ${name}`);
    urls = { service: to(server.service, name), owner: to(server.owner, name) };
  });
  afterEach(() => ask(server.owner, `DROP DATABASE ${name} WITH (FORCE)`));

  it('are made once, by whichever of several processes comes first', async () => {
    await Promise.all([1, 2, 3].map(() => migrate(which, urls, migrations, which === 'records')));
    const made = await ask<{ name: string }>(urls.owner, 'SELECT name FROM schema_migration ORDER BY id');
    expect(made.map((row) => row.name)).toEqual(migrations.map((migration) => migration.name));
    expect(await ask(urls.service, 'SELECT current_user AS me')).toEqual([{ me: 'thinfile' }]);
  });

  it('can be taken back, one by one, to nothing', async () => {
    const query = <T,>(sql: string, parameters?: unknown[]): Promise<T[]> => ask<T>(urls.owner, sql, parameters);
    const before = await describeSchema(query);
    await migrate(which, urls, migrations, which === 'records');
    const source = dataSource(`${which} test`, urls.owner, 1);
    source.setOptions({ migrations: [...migrations], migrationsTableName: 'schema_migration' });
    await source.initialize();
    try {
      for (const _ of migrations) await source.undoLastMigration();
    } finally {
      await source.destroy();
    }
    expect(await describeSchema(query)).toBe(before);
  });
});

function to(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
