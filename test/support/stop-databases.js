import { readFileSync, rmSync } from 'node:fs';

export default async function stopDatabases() {
  const { directory } = JSON.parse(readFileSync(process.env['THINFILE_TEST_SERVERS'], 'utf8'));
  await globalThis.thinfileStop?.();
  rmSync(directory, { recursive: true, force: true });
}
