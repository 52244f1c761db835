import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Permission } from './permissions.js';
import type { SignedIn, SiteMember } from './signed-in.js';

const DECLARATION = Symbol('thinfile.access');

/** What a route says about itself. A route that says nothing keeps the service from starting. */
export type RouteDeclaration = { readonly permission: Permission } | { readonly public: string };

/** A request once the guard has let it in. */
export interface RequestOfMember {
  who?: SignedIn;
}

/** This route needs someone signed in who holds the permission. */
export function Requires(permission: Permission): MethodDecorator {
  return declare({ permission });
}

/** This route answers anyone. @param reason why that is right: it is printed in the list of routes */
export function Public(reason: string): MethodDecorator {
  if (reason.trim().length < 10) throw new Error('@Public wants a reason that a reader can judge');
  return declare({ public: reason });
}

/** The member who asks: a parameter of a route with `@Requires`. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => whoOf(context));

/** The same, for a matter of the site at which they work. */
export const WhoAtSite = createParamDecorator((_: unknown, context: ExecutionContext): SiteMember => whoOf(context));

/** @param handler a controller's method */
export function declarationOf(handler: object): RouteDeclaration | undefined {
  return Reflect.getOwnMetadata(DECLARATION, handler) as RouteDeclaration | undefined;
}

function declare(declaration: RouteDeclaration): MethodDecorator {
  return (_target, key, descriptor) => {
    const handler = descriptor.value as object;
    if (declarationOf(handler)) throw new Error(`${String(key)} declares its access twice`);
    Reflect.defineMetadata(DECLARATION, declaration, handler);
  };
}

function whoOf(context: ExecutionContext): SignedIn {
  const { who } = context.switchToHttp().getRequest<RequestOfMember>();
  if (!who) throw new Error('a route that lets in strangers asks who they are');
  return who;
}
