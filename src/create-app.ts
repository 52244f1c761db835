import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module.js';
import type { Platform } from './platform/platform.module.js';
import { LIMITS, LIMITS_IN_WORDS } from './web/http/limits.js';
import { letConnectionsGo } from './web/http/let-connections-go.js';
import { refuseLongAddress } from './web/http/long-address.js';
import { refuseOtherMethods } from './web/http/other-methods.js';
import { ownHostOnly } from './web/http/own-host.js';
import { parseBodies } from './web/http/parse-bodies.js';
import { readableAddress } from './web/http/readable-address.js';
import { sendSecurityHeaders } from './web/http/security-headers.js';
import { serveAssets } from './web/http/serve-assets.js';
import { answerUnreadable } from './web/http/unreadable-connection.js';
import { bodyValidation } from './web/http/validate-body.js';

/**
 * How a request travels: headers, cookies, body, guard (access.module), validation, controller, filter. Not listening yet.
 * @param root what is served: the application, or a benchmark's own around it
 */
export async function createApp(platform: Platform, root: DynamicModule = AppModule.on(platform)): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: LIMITS.bodyBytes,
    // A request to nobody is refused with those to others, in the same words.
    http: { maxHeaderSize: LIMITS.headerBytes, requireHostHeader: false },
    clientErrorHandler: answerUnreadable,
    // Fastify's own refusal would repeat the address and carry none of our headers; what is no id is refused as unknown.
    routerOptions: { maxParamLength: LIMITS.addressCharacters },
    rewriteUrl: (request: IncomingMessage) => readableAddress(request.url ?? '/'),
    trustProxy: platform.settings.proxies.length > 0 ? [...platform.settings.proxies] : false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: false, abortOnError: false });
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  await server.register(cookie);
  await sendSecurityHeaders(server, platform.settings.origin ?? 'http://localhost');
  const mustBeOurs = ownHostOnly(platform.settings);
  server.addHook('onRequest', async ({ headers, url }) => {
    mustBeOurs(headers.host);
    refuseLongAddress(url);
  });
  refuseOtherMethods(server);
  letConnectionsGo(server);
  parseBodies(app, server);
  await serveAssets(server);
  app.useGlobalPipes(bodyValidation());
  SwaggerModule.setup('openapi', app, describe(app), { ui: false, raw: ['json'], jsonDocumentUrl: 'openapi.json' });
  return app;
}

function describe(app: NestFastifyApplication) {
  const head = new DocumentBuilder()
    .setTitle('Thinfile')
    .setDescription(`Intake that holds little, for a short time. Errors are {code, message, fields?} and name fields, never values. ${LIMITS_IN_WORDS}`)
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, head);
}
