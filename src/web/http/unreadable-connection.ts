import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { LIMITS } from './limits.js';

/**
 * Answers what is no HTTP at all, before there is a request: Fastify's own answer has another shape and none of our headers.
 * Nothing of what came is repeated.
 */
export function answerUnreadable({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, refusal] = refusalFor(code);
  const body = JSON.stringify(refusal);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    "content-security-policy: default-src 'none'",
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function refusalFor(code: string | undefined): readonly [number, { readonly code: string; readonly message: string }] {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const message = `The headers are larger than the ${LIMITS.headerBytes / 1024} KiB that this service takes.`;
    return [431, { code: 'HEADERS_TOO_LARGE', message }];
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, { code: 'TOO_SLOW', message: 'The request took too long to arrive.' }];
  return [400, { code: 'BAD_REQUEST', message: 'The request could not be read.' }];
}
