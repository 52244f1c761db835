import type { QueryRunner } from 'typeorm';

/**
 * Row security for a table that has a site: a request sees and writes its own site's rows only, and without a site none.
 * @param table a name from a migration, never from input
 * @param service what the service role may do there (the policy bounds the rows, this bounds the verbs)
 */
export async function guardBySite(q: QueryRunner, table: string, service: string, column = 'site_id'): Promise<void> {
  await q.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await q.query(
    `CREATE POLICY ${table}_own_site ON ${table} TO thinfile_service USING (${column} = current_site()) WITH CHECK (${column} = current_site())`,
  );
  await q.query(`CREATE POLICY ${table}_all_sites ON ${table} TO thinfile_jobs USING (true) WITH CHECK (true)`);
  await q.query(`GRANT ${service} ON ${table} TO thinfile_service`);
}
