import { embeddedDatabases } from '../../src/platform/embedded/embedded-databases.js';
import type { Settings } from '../../src/platform/settings.js';
import { ask } from './embedded.js';

/** As an operator may set their own PostgreSQL: every statement with all its parameters, every error with everything around it. */
const TALKATIVE = {
  log_statement: 'all',
  log_min_messages: 'info',
  log_min_error_statement: 'info',
  log_error_verbosity: 'verbose',
  log_min_duration_statement: '0',
  log_parameter_max_length: '-1',
  log_parameter_max_length_on_error: '-1',
  log_lock_waits: 'on',
  log_temp_files: '0',
};

type Ask = (sql: string, parameters?: unknown[]) => Promise<Record<string, unknown>[]>;

/** Superusers of the two servers of a running service. */
export interface Superusers {
  readonly records: Ask;
  readonly keys: Ask;
}

/** Makes both servers say all they can, from the next connection on; those there are are cut, as when a server is restarted. */
export async function talkativePostgres(settings: Settings): Promise<Superusers> {
  const { records, keys } = await embeddedDatabases(settings, { attach: true });
  for (const { owner } of [records, keys]) {
    for (const [name, value] of Object.entries(TALKATIVE)) await ask(owner, `ALTER ROLE ALL SET ${name} = '${value}'`);
    await cutConnections((sql) => ask(owner, sql));
  }
  return {
    records: (sql, parameters) => ask(records.owner, sql, parameters),
    keys: (sql, parameters) => ask(keys.owner, sql, parameters),
  };
}

export async function cutConnections(superuser: Ask): Promise<void> {
  await superuser(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`);
}
