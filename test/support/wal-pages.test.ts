import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Traces } from './traces.js';
import { WAL_FIRST_HEADER, WAL_HEADER, WAL_PAGE, withoutPageHeaders } from './wal-pages.js';

const TEXT = 'Kontrollmärke 20417';
const BYTES = Buffer.from(TEXT);

/** A file of four pages that holds the text from that byte of what it says on, and zeros else. */
function logWith(at: number): Buffer {
  const said = Buffer.alloc(4 * WAL_PAGE - WAL_FIRST_HEADER - 3 * WAL_HEADER);
  BYTES.copy(said, at);
  const pages = [0, 1, 2, 3].map((page) => {
    const header = Buffer.alloc(page === 0 ? WAL_FIRST_HEADER : WAL_HEADER, 0xd1);
    const from = page * WAL_PAGE - (page === 0 ? 0 : WAL_FIRST_HEADER + (page - 1) * WAL_HEADER);
    return Buffer.concat([header, said.subarray(from, from + WAL_PAGE - header.length)]);
  });
  return Buffer.concat(pages);
}

describe('a write-ahead log', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'thinfile-wal-'));
    mkdirSync(join(directory, 'pg_wal'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('is read without the headers of its pages, of which the first has a longer one', () => {
    const said = withoutPageHeaders(logWith(0));
    expect([said.length, said.indexOf(BYTES), said.includes(0xd1)]).toEqual([4 * WAL_PAGE - WAL_FIRST_HEADER - 3 * WAL_HEADER, 0, false]);
  });

  it('is searched across its pages, wherever one of them ends', () => {
    const traces = new Traces([TEXT]);
    for (const seam of [1, 2, 3].map((page) => page * WAL_PAGE - WAL_FIRST_HEADER - (page - 1) * WAL_HEADER)) {
      for (let before = 0; before <= BYTES.length; before++) {
        const log = logWith(seam - before);
        expect(log.includes(BYTES)).toBe(before === 0 || before === BYTES.length);
        writeFileSync(join(directory, 'pg_wal', '000000010000000000000001'), log);
        expect(traces.below(directory).found).toEqual([expect.stringContaining(TEXT)]);
      }
    }
  });
});
