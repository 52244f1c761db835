const WIDTH = 30;
/** Clears what an earlier, longer line left: a total is an estimate, and may shrink. */
const CLEAR_TO_END = '\x1b[K';

export interface ProgressBar {
  show(done: number, total: number): void;
  end(): void;
}

/** A line that fills up, on a terminal; nothing at all in a file or a pipe. */
export function progressBar(out: NodeJS.WriteStream, unit: string, perUnit = 1): ProgressBar {
  let shown = '';
  return {
    show: (done, total) => {
      if (!out.isTTY || total === 0) return;
      const filled = Math.min(WIDTH, Math.floor((done / total) * WIDTH));
      const line = `[${'#'.repeat(filled)}${' '.repeat(WIDTH - filled)}] ${(done / perUnit).toFixed(0)} of ${(total / perUnit).toFixed(0)} ${unit}`;
      if (line !== shown) out.write(`\r${line}${CLEAR_TO_END}`);
      shown = line;
    },
    end: () => {
      if (shown !== '') out.write('\n');
    },
  };
}
