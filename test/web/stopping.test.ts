import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { Clock } from '../../src/platform/clock.js';
import { startEmptyService } from './empty-service.js';

const BODY = JSON.stringify({ email: 'nobody@example.org', password: 'a long enough password' });

it('a service that stops answers what it was asked, and waits for no further request of who keeps the connection', async () => {
  const service = await startEmptyService(Clock.system());
  const server = service.app.getHttpServer();
  const { port, host } = new URL(service.url);
  const socket = connect(Number(port), 'localhost');
  let answer = '';
  socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
  socket.write(`POST /api/sign-in HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY.slice(0, 9)}`);
  await once(server, 'request');
  const stopped = service.stop();
  while (server.listening) await sleep(5);
  socket.write(BODY.slice(9));
  await stopped;
  expect(answer).toMatch(/^HTTP\/1\.1 401 .*"code":"/s);
}, 20_000);
