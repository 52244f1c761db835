import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { DeclaredRoutes, declaredRoutes } from '../../src/access/declared-routes.js';
import { PERMISSIONS } from '../../src/access/permissions.js';
import { Requires } from '../../src/access/requires.js';
import { allRoutes } from '../support/route-list.js';
import { BESIDE, servedRoutes } from '../support/served-routes.js';
import { startTestService, type TestService } from '../support/test-service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

@Controller('forgotten')
class ForgottenController {
  @Get('said')
  @Requires('own.sign-out')
  said(): string {
    return 'said';
  }

  @Get('unsaid')
  unsaid(): string {
    return 'unsaid';
  }
}

@Module({ controllers: [ForgottenController], providers: [DeclaredRoutes] })
class ForgetfulModule {}

describe('every route names the permission it needs, or says why it is public', () => {
  it('or the service does not start', async () => {
    const start = NestFactory.create(ForgetfulModule, new FastifyAdapter(), { logger: false, abortOnError: false }).then((app) => app.init());
    await expect(start).rejects.toThrow(/ForgottenController\.unsaid/);
  });

  it('in this service all do, with a permission of the table or a reason', () => {
    const routes = declaredRoutes(service.app.get(ModulesContainer));
    expect(routes.length).toBeGreaterThan(20);
    for (const { name, declaration } of routes) {
      if (declaration && 'permission' in declaration) expect([name, PERMISSIONS]).toEqual([name, expect.arrayContaining([declaration.permission])]);
      else expect([name, declaration?.public]).toEqual([name, expect.stringMatching(/\w+ \w+/)]);
    }
  });

  it('and what the server answers beside them is static files and its own description', async () => {
    const declared = (await allRoutes()).map(({ method, path }) => `${method} ${path}`);
    expect(servedRoutes(service.app)).toEqual([...new Set([...declared, ...BESIDE])].sort());
  });

  it('which is looked up in the server itself: nothing that was put there past the controllers is left out', async () => {
    const app = await NestFactory.create<NestFastifyApplication>(class Nothing {}, new FastifyAdapter(), { logger: false });
    const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    for (const url of ['/api/intakes', '/api/intakes/:id/all', '/api/inside', '/*']) server.get(url, () => 'said');
    server.route({ method: ['PUT', 'HEAD'], url: '/api/intakes/:id', handler: () => 'said' });
    await app.init();
    expect(servedRoutes(app)).toEqual(
      ['GET /*', 'GET /api/inside', 'GET /api/intakes', 'GET /api/intakes/:id/all', 'HEAD /api/intakes/:id', 'PUT /api/intakes/:id'],
    );
    await app.close();
  });
});
