import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, pidExists, workingDirectoryOf } from './process-identity.js';

const FAST_MS = 15_000;
const IMMEDIATE_MS = 5_000;

/**
 * Stops the server that a killed service left running on this directory. The number in its lock may since belong to any
 * process: one that is no PostgreSQL is left alone and the lock removed, one that is another PostgreSQL is left alone too,
 * and then the server itself decides whether it can start. Two servers on one directory would ruin it.
 */
export async function stopOrphan(directory: string): Promise<void> {
  const lock = join(directory, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !pidExists(pid)) return;
  const command = commandOf(pid);
  if (command === '') return;
  if (!command.includes('postgres')) return rmSync(lock, { force: true });
  if (!isOn(pid, command, directory)) return;
  process.kill(pid, 'SIGINT');
  if (await hasEnded(pid, FAST_MS)) return;
  process.kill(pid, 'SIGQUIT');
  if (!(await hasEnded(pid, IMMEDIATE_MS))) throw new Error(`The PostgreSQL server with process id ${pid} does not stop.`);
}

/** A server's working directory is its data directory. */
function isOn(pid: number, command: string, directory: string): boolean {
  const at = workingDirectoryOf(pid);
  return at === undefined ? command.includes(`-D ${directory} `) : at === realpathSync(directory);
}

async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (pidExists(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}
