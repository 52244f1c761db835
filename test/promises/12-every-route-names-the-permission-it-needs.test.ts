import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { DeclaredRoutes, declaredRoutes } from '../../src/access/declared-routes.js';
import { PERMISSIONS } from '../../src/access/permissions.js';
import { Requires } from '../../src/access/requires.js';
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
      else expect([name, declaration?.public.length ?? 0]).toEqual([name, expect.any(Number)]);
      expect([name, declaration !== undefined]).toEqual([name, true]);
    }
  });

  it('and what the server answers beside them is static files and its own description', async () => {
    const server = service.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    const tree = server.printRoutes({ commonPrefix: false });
    const paths = [...tree.matchAll(/── (\S+) \(/g)].map(([, path]) => path!);
    expect(paths.length).toBeGreaterThan(20);
    expect(tree).not.toMatch(/swagger-ui|\/openapi\/|documentation/);
  });
});
