import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { OWN_PREFIX, USWDS_PREFIX } from '../../src/web/http/asset-paths.js';

/** What the server answers beside the routes of controllers: its own description, style sheets, fonts and pictures. */
export const BESIDE: readonly string[] = ['GET /openapi.json', `GET ${USWDS_PREFIX}*`, `GET ${OWN_PREFIX}*`];

/**
 * 'POST /api/intakes/:id/stage' of everything that the server itself would answer, whoever put it there. HEAD is left out where
 * there is GET, which Fastify answers in the same way.
 */
export function servedRoutes(app: NestFastifyApplication): readonly string[] {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const above: string[] = [];
  const routes = server
    .printRoutes({ commonPrefix: true })
    .split('\n')
    .flatMap((line) => {
      const [, stem, part, methods] = /^(.*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
      if (stem === undefined) {
        if (line.trim() !== '') throw new Error(`a line of the server's routes that was not understood: ${line}`);
        return [];
      }
      const depth = stem.length / 4;
      above.splice(depth, Infinity, part!);
      return methods ? methods.split(', ').map((method) => `${method} ${above.join('')}`) : [];
    });
  return [...new Set(routes)].filter((route) => !routes.includes(route.replace(/^HEAD /, 'GET ')) || !route.startsWith('HEAD ')).sort();
}
