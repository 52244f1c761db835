import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { progressBar } from '../../src/commands/progress-bar.js';

/** What a terminal, or a pipe, is sent. */
function output(isTTY: boolean): { readonly stream: NodeJS.WriteStream; said(): string } {
  const stream = Object.assign(new PassThrough(), { isTTY });
  return { stream: stream as unknown as NodeJS.WriteStream, said: () => String((stream.read() as Buffer | null) ?? '') };
}

describe('a progress bar', () => {
  it('fills up on one line, is written when it changes, and leaves nothing of a longer line before', () => {
    const { stream, said } = output(true);
    const bar = progressBar(stream, 'intakes');
    for (const [done, total] of [[0, 0], [0, 1200], [0, 1200], [300, 1200], [300, 990], [990, 990]] as const) bar.show(done, total);
    bar.end();
    const lines = said().split('\r');
    expect(lines).toEqual([
      '',
      `[${' '.repeat(30)}] 0 of 1200 intakes\x1b[K`,
      `[${'#'.repeat(7)}${' '.repeat(23)}] 300 of 1200 intakes\x1b[K`,
      `[${'#'.repeat(9)}${' '.repeat(21)}] 300 of 990 intakes\x1b[K`,
      `[${'#'.repeat(30)}] 990 of 990 intakes\x1b[K\n`,
    ]);
  });

  it('says nothing into a pipe or a file, nor where there was nothing to count', () => {
    for (const [isTTY, total] of [[false, 10], [true, 0]] as const) {
      const { stream, said } = output(isTTY);
      const bar = progressBar(stream, 'intakes');
      bar.show(total / 2, total);
      bar.end();
      expect(said()).toBe('');
    }
  });
});
