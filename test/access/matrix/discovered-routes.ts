import { RequestMethod, type INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';

/** 'POST /api/intakes/:id/stage' of every controller that the running application has, pages included. */
export function discoveredRoutes(app: INestApplicationContext): readonly string[] {
  const scanner = new MetadataScanner();
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  const routes = controllers.flatMap(({ metatype }) => {
    const { prototype } = metatype as { prototype: Record<string, object> };
    const handlers = scanner.getAllMethodNames(prototype).filter((name) => Reflect.hasMetadata(PATH_METADATA, prototype[name]!));
    return handlers.map((name) => routeOf(metatype as object, prototype[name]!));
  });
  return [...new Set(routes)].sort();
}

function routeOf(controller: object, handler: object): string {
  const paths = [controller, handler].flatMap((target) => String(Reflect.getMetadata(PATH_METADATA, target)).split('/'));
  const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!;
  return `${method} /${paths.filter(Boolean).join('/')}`;
}
