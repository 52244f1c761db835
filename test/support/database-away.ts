import type { TestDatabases } from './test-databases.js';

/** Makes a database unreachable for the service, as a server that was killed is: connections break, and no new one comes about. */
export async function sendAway(databases: TestDatabases, name: 'records' | 'keys'): Promise<void> {
  const owner = ownerOf(databases, name);
  await owner(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 0', current_database()); END $$`);
  await owner(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND usename <> current_user`);
}

export async function bringBack(databases: TestDatabases, name: 'records' | 'keys'): Promise<void> {
  await ownerOf(databases, name)(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT -1', current_database()); END $$`);
}

function ownerOf({ recordsOwner, keysOwner }: TestDatabases, name: 'records' | 'keys'): TestDatabases['recordsOwner'] {
  return name === 'records' ? recordsOwner : keysOwner;
}
