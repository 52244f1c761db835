import { Injectable, type INestApplicationContext, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { declarationOf, type RouteDeclaration } from './requires.js';

export interface DeclaredRoute {
  /** 'MembersController.list' */
  readonly name: string;
  readonly declaration: RouteDeclaration | undefined;
}

/** Every route of every controller in the application, with what it says about who may use it. */
export function declaredRoutes(modules: ModulesContainer): readonly DeclaredRoute[] {
  const scanner = new MetadataScanner();
  return [...modules.values()]
    .flatMap((module) => [...module.controllers.values()])
    .flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, object>;
      return scanner
        .getAllMethodNames(prototype)
        .filter((method) => Reflect.hasMetadata(PATH_METADATA, prototype[method]!))
        .map((method) => ({ name: `${metatype.name}.${method}`, declaration: declarationOf(prototype[method]!) }));
    });
}

/** @throws Error naming every route that has neither `@Requires` nor `@Public`: such a service must not start */
export function assertEveryRouteDeclared(app: INestApplicationContext): void {
  refuseUndeclared(app.get(ModulesContainer));
}

/** Asks at start-up, before the server listens, whoever put the application together. */
@Injectable()
export class DeclaredRoutes implements OnModuleInit {
  constructor(private readonly modules: ModulesContainer) {}

  onModuleInit(): void {
    refuseUndeclared(this.modules);
  }
}

function refuseUndeclared(modules: ModulesContainer): void {
  const silent = declaredRoutes(modules).filter(({ declaration }) => !declaration);
  if (silent.length > 0) {
    throw new Error(`routes that neither require a permission nor say why they are public: ${silent.map(({ name }) => name).join(', ')}`);
  }
}
