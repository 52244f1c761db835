import type { FastifyInstance } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FORM_TYPE, JSON_TYPE, MERGE_PATCH_TYPE, refuseOtherBodies } from './body-kinds.js';
import { LIMITS } from './limits.js';
import { readForm } from './read-form.js';
import { readJson } from './read-json.js';

/** How bodies are read: in place of the framework's own parsers, which let pass what nobody means to send. */
export function parseBodies(app: NestFastifyApplication, server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain');
  server.addHook('onRequest', async (request) => refuseOtherBodies(request));
  const parsers = { [JSON_TYPE]: readJson, [MERGE_PATCH_TYPE]: readJson, [FORM_TYPE]: readForm };
  for (const [type, read] of Object.entries(parsers)) {
    app.useBodyParser(type, { bodyLimit: LIMITS.bodyBytes }, async (_request: unknown, body: Buffer) => read(body));
  }
}
