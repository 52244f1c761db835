import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { openCheckpoint, type Checkpoint } from '../../../src/audit/checkpoint.js';
import { formatSignature, parseNote } from '../../../src/audit/signed-note.js';
import { cosignerKey, formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../../src/audit/verifier-key.js';
import { verifyConsistency } from '../../../src/audit/verify-proof.js';
import { EMPTY_ROOT } from '../../../src/audit/merkle.js';
import { witnessesIn, type Witness } from '../../../src/audit/witness/witness.js';
import type { Clock } from '../../../src/platform/clock.js';

/** What a witness does instead of its duty, with what it has found right. */
export type Misbehaviour = (response: ServerResponse, cosigned: { readonly text: string; readonly lines: string }) => void | Promise<void>;

/**
 * A witness as C2SP tlog-witness describes it: knows some logs by their keys, keeps the last checkpoint of each that it cosigned, and
 * cosigns another only when a proof shows that it goes on from there.
 */
export class TrueWitness {
  readonly seen: { readonly old: number; readonly proof: number; readonly status: number }[] = [];
  readonly known = new Map<string, Checkpoint>();
  readonly logs = new Map<string, VerifierKey[]>();
  misbehaves: Misbehaviour | undefined;
  private server: Server | undefined;
  private port = 0;

  private constructor(
    readonly key: VerifierKey,
    private readonly privateKey: KeyObject,
    private readonly clock: Clock,
  ) {}

  static async start(clock: Clock, name = 'witness.example/w1'): Promise<TrueWitness> {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const witness = new TrueWitness(cosignerKey(name, publicKey), privateKey, clock);
    await witness.goUp();
    return witness;
  }

  get settings(): Witness {
    return witnessesIn([{ vkey: formatVerifierKey(this.key), url: `http://localhost:${this.port}/below` }])[0]!;
  }

  trust(vkey: string): void {
    const key = parseVerifierKey(vkey)!;
    this.logs.set(key.name, [...(this.logs.get(key.name) ?? []), key]);
  }

  /** The first time on any free port, later on the same one. */
  async goUp(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, 'localhost', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async goDown(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  cosign(body: string, seconds = Math.floor(this.clock.now().getTime() / 1000), { name, keyId }: Pick<VerifierKey, 'name' | 'keyId'> = this.key): string {
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(seconds));
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`), this.privateKey);
    return formatSignature({ name, keyId, signature: Buffer.concat([time, signature]) });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const [head, ...rest] = body.split('\n\n');
    const note = rest.join('\n\n');
    const [oldLine, ...proof] = head!.split('\n');
    const old = Number(/^old (0|[1-9]\d*)$/.exec(oldLine!)?.[1]);
    const reply = (status: number, answer = '', type = 'text/plain') => {
      this.seen.push({ old, proof: proof.length, status });
      response.writeHead(status, { 'content-type': type }).end(answer);
    };
    if (request.method !== 'POST' || request.url !== '/below/add-checkpoint') return reply(405);
    const checkpointText = parseNote(note)?.text;
    if (checkpointText === undefined || Number.isNaN(old) || proof.length > 63) return reply(400);
    const keys = this.logs.get(checkpointText.split('\n')[0]!);
    if (!keys) return reply(404);
    const checkpoint = keys.map((key) => openCheckpoint(note, key)).find((opened) => opened !== undefined);
    if (!checkpoint) return reply(403);
    if (old > checkpoint.size) return reply(400);
    const last = this.known.get(checkpoint.origin) ?? { origin: checkpoint.origin, size: 0, root: EMPTY_ROOT };
    if (last.size !== old) return reply(409, `${last.size}\n`, 'text/x.tlog.size');
    if (old === checkpoint.size && Buffer.compare(last.root, checkpoint.root) !== 0) return reply(409);
    if (!verifyConsistency(last, checkpoint, proof.map((line) => Buffer.from(line, 'base64')))) return reply(422);
    const lines = this.cosign(checkpointText);
    if (this.misbehaves) {
      this.seen.push({ old, proof: proof.length, status: 0 });
      return this.misbehaves(response, { text: checkpointText, lines });
    }
    this.known.set(checkpoint.origin, checkpoint);
    return reply(200, lines);
  }
}
