import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';

/** A process as the operating system knows it: a number alone may since belong to another one. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever words the system uses for it; empty where it does not tell. */
  readonly startedAt: string;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid) };
}

export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  return pidExists(pid) && startOf(pid) === startedAt;
}

export function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process; empty when it is gone or the system does not tell. */
export function commandOf(pid: number): string {
  return existsSync('/proc/self') ? procFile(pid, 'cmdline').replaceAll('\0', ' ') : fromPs(pid, 'command=');
}

/** Undefined where the system does not tell. */
export function workingDirectoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** On Linux the boot as well: ticks since boot come round again after a restart. */
function startOf(pid: number): string {
  if (!existsSync('/proc/self')) return fromPs(pid, 'lstart=');
  const stat = procFile(pid, 'stat');
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z') return ''; // ended, and only its parent has not looked yet
  const ticks = rest[18] ?? '';
  return `${procFile('sys/kernel/random', 'boot_id').trim()} ${ticks}`;
}

function procFile(of: number | string, name: string): string {
  try {
    return readFileSync(`/proc/${of}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

function fromPs(pid: number, column: string): string {
  return spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}
