import type { DataSource, MigrationInterface } from 'typeorm';
import { dataSource } from './data-source.js';
import type { DatabaseUrls } from './settings.js';

const MIGRATION_LOCK = 7_466_000;

export type Migrations = readonly (new () => MigrationInterface)[];

/**
 * Brings a database's schema up to date as its owner, then lets the service's login use it: as a member of the group roles,
 * never as an owner. Two processes that start at once take turns.
 * @param jobs whether the service may also take the role of cross-site jobs
 */
export async function migrate(name: string, urls: DatabaseUrls, migrations: Migrations, jobs: boolean): Promise<void> {
  const source = dataSource(`${name} migrations`, urls.owner, 2);
  source.setOptions({ migrations: [...migrations], migrationsTableName: 'schema_migration' });
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await source.runMigrations({ transaction: 'all' });
    await grantMembership(source, decodeURIComponent(new URL(urls.service).username), jobs);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
    await source.destroy();
  }
}

async function grantMembership(source: DataSource, login: string, jobs: boolean): Promise<void> {
  const name = `"${login.replaceAll('"', '""')}"`;
  await source.query(`GRANT thinfile_service TO ${name} WITH INHERIT TRUE`);
  if (jobs) await source.query(`GRANT thinfile_jobs TO ${name} WITH INHERIT FALSE, SET TRUE`);
}

/** @throws Error when the service's login could get round row security or change the schema */
export async function refuseMightyLogin(source: DataSource, name: string): Promise<void> {
  const [role] = (await source.query(`
    SELECT rolsuper OR rolbypassrls OR rolcreaterole AS mighty,
      EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND pg_has_role(c.relowner, 'MEMBER')) AS owner
    FROM pg_roles WHERE rolname = current_user`)) as { mighty: boolean; owner: boolean }[];
  if (!role || role.mighty || role.owner) {
    throw new Error(`The service's login for ${name} is a superuser or owns the schema. Give it a role of its own.`);
  }
}
