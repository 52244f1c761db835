import pg from 'pg';
import { TAR_END } from './tar-entry.js';

const COMMAND =
  "BASE_BACKUP (LABEL 'thinfile', PROGRESS true, CHECKPOINT 'fast', WAL true, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256')";

export interface BaseBackupSink {
  /** Bytes of the archive without its end, in order. The next come when this has resolved. */
  write(chunk: Buffer): Promise<void>;
  /** Bytes so far, of about how many. */
  progress(done: number, total: number): void;
}

/** The parts of node-pg's connection that a query of our own uses. */
interface Connection {
  query(sql: string): void;
  readonly stream: { pause(): void; resume(): void };
}

/**
 * Takes a physical copy of a whole server while it runs, over the replication protocol (PostgreSQL documentation, "Streaming
 * Replication Protocol", BASE_BACKUP): the files as a tar archive, with the write-ahead log that makes them one moment.
 * The server ends the archive itself (since version 15); its end blocks are held back, so that more can follow.
 * @param ownerUrl a login with REPLICATION; the database it names does not matter
 * @returns the server's manifest of what it sent
 * @throws Error when the server has tablespaces outside its directory, or the sink failed
 */
export async function takeBaseBackup(ownerUrl: string, sink: BaseBackupSink): Promise<Buffer> {
  // node-pg passes `replication` on to the server; its types do not know it.
  const options = { connectionString: ownerUrl, replication: 'true', application_name: 'thinfile backup' };
  const client = new pg.Client(options as pg.ClientConfig);
  client.on('error', () => undefined); // the query under way fails with it
  await client.connect();
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      client.query(new BaseBackupQuery(sink, resolve, reject) as unknown as pg.Submittable);
    });
  } finally {
    await client.end();
  }
}

/** Speaks node-pg's own interface for queries, since its results have no place for a stream. */
class BaseBackupQuery {
  private connection!: Connection;
  private part: 'archive' | 'manifest' | undefined;
  private archives = 0;
  private done = 0;
  private total = 0;
  private readonly manifest: Buffer[] = [];
  private tail: Buffer = Buffer.alloc(0);
  private written: Promise<void> = Promise.resolve();
  private failure: Error | undefined;

  constructor(
    private readonly sink: BaseBackupSink,
    private readonly resolve: (manifest: Buffer) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  submit(connection: Connection): void {
    this.connection = connection;
    connection.query(COMMAND);
  }

  /** The second result set names each tablespace with its size in kilobytes; the server's own directory comes last. */
  handleDataRow({ fields }: { readonly fields: readonly (Buffer | string | null)[] }): void {
    if (fields.length === 3) this.total += Number(fields[2]) * 1024;
  }

  /** The first byte says what the rest is: a new archive, the manifest, data of either, or progress. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    const kind = String.fromCharCode(chunk[0]!);
    if (kind === 'n') [this.part, this.archives] = ['archive', this.archives + 1];
    if (kind === 'm') this.part = 'manifest';
    if (kind !== 'd' || this.failure) return;
    const data = Buffer.from(chunk.subarray(1)); // the connection uses its buffer again
    if (this.part === 'manifest') this.manifest.push(data);
    else this.pass(this.holdBack(data));
  }

  handleError(error: Error): void {
    this.reject(this.failure ?? error);
  }

  handleReadyForQuery(): void {
    if (this.archives !== 1) this.failure ??= new Error('the server keeps tables outside its own directory; back it up with its own tools');
    if (!this.tail.equals(TAR_END)) this.failure ??= new Error('the server did not end the archive; it is older than version 15');
    this.written.then(() => (this.failure ? this.reject(this.failure) : this.resolve(Buffer.concat(this.manifest))), this.reject);
  }

  handleRowDescription(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}

  /** @returns what cannot be the end any more */
  private holdBack(data: Buffer): Buffer {
    const all = Buffer.concat([this.tail, data]);
    const keep = Math.min(all.length, TAR_END.length);
    this.tail = all.subarray(all.length - keep);
    return all.subarray(0, all.length - keep);
  }

  /** Reads no more from the server until the disk has taken this. A disk that fails is told at the end, the rest thrown away. */
  private pass(data: Buffer): void {
    this.connection.stream.pause();
    this.written = this.written
      .then(() => (this.failure ? undefined : this.sink.write(data)))
      .catch((error: Error) => void (this.failure ??= error))
      .then(() => {
        this.done += data.length;
        this.sink.progress(this.done, Math.max(this.total, this.done));
        this.connection.stream.resume();
      });
  }
}
