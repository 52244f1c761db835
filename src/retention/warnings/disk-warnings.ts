import { statfs } from 'node:fs/promises';
import type { DiskPlace, OperatorWarning, Severity } from './operator-warning.js';

const MEGABYTE = 1_000_000;
/** Of a small disk a share, of a large one an amount: a tenth of many terabytes is no shortage. */
const FILLING = { share: 0.1, bytes: 10_000 * MEGABYTE };
const FULL = { share: 0.02, bytes: 1_000 * MEGABYTE };

export interface DiskSpace {
  readonly place: DiskPlace;
  /** What this process may still use, not what the system keeps for itself. */
  readonly free: number;
  readonly total: number;
}

/** Directories on one disk are told of one after the other: whoever looks for room looks in each. @throws when one is not there */
export async function readDisks(directories: ReadonlyMap<DiskPlace, string>): Promise<readonly DiskSpace[]> {
  return Promise.all(
    [...directories].map(async ([place, directory]) => {
      const { bavail, blocks, bsize } = await statfs(directory);
      return { place, free: bavail * bsize, total: blocks * bsize };
    }),
  );
}

export function diskWarnings(disks: readonly DiskSpace[]): readonly OperatorWarning[] {
  return disks.flatMap(({ place, free, total }) => {
    const severity = severityOf(free, total);
    const facts = { place, freeMegabytes: Math.floor(free / MEGABYTE), totalMegabytes: Math.floor(total / MEGABYTE) };
    return severity ? [{ kind: 'disk-filling', severity, ...facts } as const] : [];
  });
}

function severityOf(free: number, total: number): Severity | undefined {
  const under = ({ share, bytes }: typeof FULL): boolean => free < Math.min(total * share, bytes);
  return under(FULL) ? 'serious' : under(FILLING) ? 'warning' : undefined;
}
