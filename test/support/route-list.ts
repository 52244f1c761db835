import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer, NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module.js';
import type { Platform } from '../../src/platform/platform.module.js';

export interface Route {
  /** 'MembersController.list' */
  readonly name: string;
  readonly method: string;
  /** '/api/intakes/:id' */
  readonly path: string;
}

/** Every route of every controller, as it is asked for. The application is put together and nothing of it is made. */
export async function allRoutes(): Promise<readonly Route[]> {
  const app = await NestFactory.createApplicationContext(AppModule.on({} as Platform), { preview: true, logger: false });
  const scanner = new MetadataScanner();
  return [...app.get(ModulesContainer).values()]
    .flatMap((module) => [...module.controllers.values()])
    .flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, object>;
      const methods = scanner.getAllMethodNames(prototype).filter((name) => Reflect.hasMetadata(PATH_METADATA, prototype[name]!));
      return methods.flatMap((name) => {
        const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, prototype[name]!) as number]!;
        const insides = [Reflect.getMetadata(PATH_METADATA, prototype[name]!) as string | string[]].flat();
        const bases = [Reflect.getMetadata(PATH_METADATA, metatype) as string | string[]].flat();
        return bases.flatMap((base) => insides.map((inside) => ({ name: `${metatype.name}.${name}`, method, path: joined(base, inside) })));
      });
    });
}

function joined(...parts: readonly string[]): string {
  return `/${parts.flatMap((part) => part.split('/')).filter(Boolean).join('/')}`;
}
