import type { FastifyInstance } from 'fastify';

/**
 * A service that stops ends each connection with the answer that it waits for. Those without a request under way are ended by
 * the server itself; one that was busy at that moment would be kept for the next request, and the service up with it for
 * over a minute.
 */
export function letConnectionsGo(server: FastifyInstance): void {
  let isStopping = false;
  server.addHook('preClose', async () => void (isStopping = true));
  server.addHook('onResponse', async () => {
    // Only after this does the server take the connection for one without a request.
    if (isStopping) setImmediate(() => server.server.closeIdleConnections());
  });
}
