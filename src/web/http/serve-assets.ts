import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { OWN_ASSETS_FOLDER, OWN_PREFIX, USWDS_FOLDER, USWDS_PREFIX } from './asset-paths.js';

/** USWDS comes with scripts, Sass and a theme; pages use one style sheet, its fonts and its pictures. */
const USED_OF_USWDS = /^\/(?:css\/uswds\.min\.css|fonts\/[\w/.-]+\.woff2?|img\/[\w/.-]+\.(?:svg|png|jpe?g))$/;

const KEPT_FOR_GOOD = { maxAge: '365d', immutable: true, index: false as const, dotfiles: 'deny' as const, acceptRanges: false, decorateReply: false };

/** Serves style sheets, fonts and pictures from our own origin: no page asks a third party for anything. */
export async function serveAssets(server: FastifyInstance): Promise<void> {
  await server.register(fastifyStatic, {
    ...KEPT_FOR_GOOD,
    root: USWDS_FOLDER,
    prefix: USWDS_PREFIX,
    allowedPath: (path) => USED_OF_USWDS.test(path),
  });
  await server.register(fastifyStatic, {
    ...KEPT_FOR_GOOD,
    root: OWN_ASSETS_FOLDER,
    prefix: OWN_PREFIX,
    allowedPath: (path) => /^\/[\w-]+\.(?:css|svg)$/.test(path),
  });
}
