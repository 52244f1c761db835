import { connect } from 'node:net';

/** What came back, bytes and all: for requests that no HTTP client would send. */
export async function rawRequest(url: string, request: string | Buffer, options: { readonly hangUp?: boolean } = {}): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  socket.write(request);
  if (options.hangUp) socket.end();
  await closed;
  return Buffer.concat(chunks).toString('latin1');
}

export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}
