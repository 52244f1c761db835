import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.js';
import type { Platform } from './platform/platform.module.js';
import { refuseDeepBody } from './web/http/body-depth.js';
import { ownHostOnly } from './web/http/own-host.js';
import { readableAddress } from './web/http/readable-address.js';
import { sendSecurityHeaders } from './web/http/security-headers.js';
import { serveAssets } from './web/http/serve-assets.js';
import { bodyValidation } from './web/http/validate-body.js';

/** Bytes. A household of fourteen with the longest names takes about a third of it. */
const BODY_LIMIT = 256 * 1024;

/** What PATCH takes, by its own type (RFC 7396): JSON, under the limits of all JSON. */
const MERGE_PATCH = 'application/merge-patch+json';

/** More than Node.js takes of all headers together. */
const LONGEST_ADDRESS = 64 * 1024;

/** How a request travels: headers, cookies, body, guard (access.module), validation, controller, filter. Not listening yet. */
export async function createApp(platform: Platform): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // Fastify's own refusal would repeat the address and carry none of our headers; what is no id is refused as unknown.
    routerOptions: { maxParamLength: LONGEST_ADDRESS },
    rewriteUrl: (request: IncomingMessage) => readableAddress(request.url ?? '/'),
    trustProxy: proxies(platform),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.on(platform), adapter, { logger: false, abortOnError: false });
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  server.removeContentTypeParser('text/plain');
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser(MERGE_PATCH, { parseAs: 'string' }, parseJson);
  // Many clients say JSON of every request: one that sends nothing with it means nothing, and is checked as that.
  app.useBodyParser('application/json', { bodyLimit: BODY_LIMIT }, (request, body, done) =>
    body.length === 0 ? done(null, undefined) : void parseJson(request as FastifyRequest, body.toString('utf8'), done),
  );
  server.addHook('preValidation', async (request) => refuseDeepBody(request.body));
  await server.register(cookie);
  await sendSecurityHeaders(server, platform.settings.origin ?? 'http://localhost');
  const mustBeOurs = ownHostOnly(platform.settings);
  server.addHook('onRequest', async (request) => mustBeOurs(request.headers.host));
  await serveAssets(server);
  app.useGlobalPipes(bodyValidation());
  SwaggerModule.setup('openapi', app, describe(app), { ui: false, raw: ['json'], jsonDocumentUrl: 'openapi.json' });
  return app;
}

/** Behind a proxy of our own (its origin is set then) the visitor's address is the one it names; on the open network nobody is believed. */
function proxies({ settings }: Platform): string[] | false {
  return settings.origin === undefined ? false : ['loopback', 'uniquelocal'];
}

function describe(app: NestFastifyApplication) {
  const head = new DocumentBuilder()
    .setTitle('Thinfile')
    .setDescription('Intake that holds little, for a short time. Errors are {code, message, fields?} and name fields, never values.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, head);
}
