import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entryBundle, leavesOf } from '../../../src/audit/export/entry-bundle.js';
import { writeExport } from '../../../src/audit/export/write-export.js';
import { newestCheckpoint } from '../../../src/audit/newest-checkpoint.js';
import { sequenceEntries } from '../../../src/audit/sequence-entries.js';
import { logFixture, reading, type LogFixture } from '../log-fixture.js';

/** An export of 601 entries, three bundles of them, and the checkpoints that an auditor kept on the way. */
export class TamperedExport {
  private copies = 0;

  private constructor(
    readonly fixture: LogFixture,
    private readonly root: string,
    readonly directory: string,
    readonly vkey: string,
    /** Files, the older first: of 301 entries, and of all. */
    readonly kept: readonly string[],
  ) {}

  static async make(): Promise<TamperedExport> {
    const fixture = await logFixture();
    const root = mkdtempSync(join(tmpdir(), 'thinfile-tampered-'));
    const { records } = fixture.databases;
    const kept: string[] = [];
    await fixture.signer.sign();
    for (let half = 0; half < 2; half++) {
      await records.inSite(fixture.site, (tx) => fixture.log.appendAll(tx, Array.from({ length: 300 }, () => reading(fixture.site))));
      await records.acrossSites(sequenceEntries);
      await fixture.signer.sign();
      const file = join(root, `checkpoint-${half}`);
      writeFileSync(file, (await records.withoutSite((tx) => newestCheckpoint(tx)))!);
      kept.push(file);
    }
    const directory = join(root, 'log');
    await writeExport(records, directory, () => undefined);
    return new TamperedExport(fixture, root, directory, readFileSync(join(directory, 'vkey'), 'utf8').trim(), kept);
  }

  /** A copy to work on. */
  copy(): ExportCopy {
    const directory = join(this.root, `copy-${this.copies++}`);
    cpSync(this.directory, directory, { recursive: true });
    return new ExportCopy(directory);
  }

  async close(): Promise<void> {
    await this.fixture.databases.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

export class ExportCopy {
  constructor(readonly directory: string) {}

  bytes(path: string): Buffer {
    return readFileSync(join(this.directory, path));
  }

  write(path: string, bytes: Buffer | string): void {
    writeFileSync(join(this.directory, path), bytes);
  }

  text(path: string, change: (text: string) => string): void {
    this.write(path, change(this.bytes(path).toString('utf8')));
  }

  remove(path: string): void {
    rmSync(join(this.directory, path), { recursive: true });
  }

  leaves(path: string, change: (leaves: string[]) => readonly string[]): void {
    this.write(path, entryBundle(change(leavesOf(this.bytes(path))!.map((leaf) => leaf.toString('utf8')))));
  }

  lines(path: string, change: (lines: string[]) => readonly string[]): void {
    this.text(path, (text) => `${change(text.split('\n').slice(0, -1)).join('\n')}\n`);
  }

  hashes(path: string, change: (hashes: Buffer[]) => readonly Buffer[]): void {
    const bytes = this.bytes(path);
    this.write(path, Buffer.concat(change(Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(at * 32, at * 32 + 32)))));
  }
}

/** The two at these places exchanged. */
export function exchanged<T>(items: readonly T[], a: number, b: number): T[] {
  return items.map((item, at) => (at === a ? items[b]! : at === b ? items[a]! : item));
}
