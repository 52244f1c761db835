import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../platform/refusal.js';

interface Route {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

/**
 * An address of ours asked for by a method that it does not have is 405 with the methods that it has (RFC 9110, 15.5.6), OPTIONS
 * and TRACE included: there is no other origin to allow anything. Every other address is 404, by any method.
 * To be called before the routes are made.
 */
export function refuseOtherMethods(server: FastifyInstance): void {
  const routes: Route[] = [];
  server.addHook('onRoute', ({ url, method }) => void routes.push({ pattern: patternOf(url), methods: [method].flat() }));
  server.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const path = request.url.split('?')[0]!;
    const methods = new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods));
    if (methods.size === 0) return;
    reply.header('allow', [...methods].sort().join(', '));
    throw new Refusal('METHOD_NOT_ALLOWED', 'This address is not asked for by this method.');
  });
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : part.replaceAll('.', '\\.')));
  return new RegExp(`^${parts.join('/')}$`);
}
