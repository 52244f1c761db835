import type { FileHandle } from 'node:fs/promises';
import { readTarHeader, TAR_BLOCK, type TarEntry } from './tar-entry.js';

const CHUNK = 1024 * 1024;

/** Reads an archive from its begin to its end, in pieces: the content of each entry before the next header. */
export class ArchiveReader {
  private at = 0;

  constructor(private readonly file: FileHandle) {}

  /** @returns undefined at the end of the archive. @throws Error when it ends without its end mark, or is damaged */
  async next(): Promise<TarEntry | undefined> {
    return readTarHeader(await this.read(TAR_BLOCK));
  }

  /** The content of the entry whose header was read last. @throws Error when the archive ends within it */
  async *content({ size }: TarEntry): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      const chunk = await this.read(Math.min(left, CHUNK));
      left -= chunk.length;
      yield chunk;
    }
    this.at += (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
  }

  /** For entries of a few hundred kilobytes. */
  async whole(entry: TarEntry): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.content(entry)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  private async read(bytes: number): Promise<Buffer> {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await this.file.read(buffer, 0, bytes, this.at);
    if (bytesRead !== bytes) throw new Error('the backup is cut short');
    this.at += bytes;
    return buffer;
  }
}
