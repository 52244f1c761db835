import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asOwner } from './fill-keys.js';
import type { Served } from './served.js';

/** Of a clock tick, as Linux counts processor time for other processes (proc(5)); it is 100 a second wherever Node runs. */
const TICKS_A_SECOND = 100;

/**
 * Seconds of processor time that the service and its two database servers have taken since they started, children included: what other
 * work on the machine changes little. Linux only.
 */
export async function processorSeconds(served: Served): Promise<number> {
  const servers = await Promise.all([served.records, served.keys].map(postmasterOf));
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(statOf);
  const ticks = processes.filter(({ pid, parent }) => pid === served.pid || servers.includes(pid) || servers.includes(parent)).reduce((sum, one) => sum + one.ticks, 0);
  return ticks / TICKS_A_SECOND;
}

async function postmasterOf(url: string): Promise<number> {
  let pid = 0;
  await asOwner(url, async (client) => {
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    pid = Number(readFileSync(join(rows[0]!.data_directory, 'postmaster.pid'), 'utf8').split('\n')[0]);
  });
  return pid;
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** Its own, and those of its children that have ended. */
  readonly ticks: number;
}

/** proc(5): fields after the name, which may hold spaces: state, parent, …, utime, stime, cutime, cstime as 14 to 17. */
function statOf(pid: string): Stat[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
    return [{ pid: Number(pid), parent: fields[1]!, ticks: fields[11]! + fields[12]! + fields[13]! + fields[14]! }];
  } catch {
    return []; // it has ended
  }
}
