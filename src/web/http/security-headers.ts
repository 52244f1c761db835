import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Nothing is allowed but our own style sheets, pictures, fonts and form targets. No script at all, ours included. */
export const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  fontSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

const UNUSED_FEATURES = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'serial', 'usb', 'browsing-topics'];

/**
 * Headers of every response. Nothing but assets is kept by browsers or proxies: whoever goes back after the sign-out
 * sees nothing (ASVS 5.0, 14.3.2).
 * The referrer goes to our own origin only. Not `no-referrer`: with it browsers send `Origin: null` with our own forms
 * (Fetch Standard, 4.1 "append a request Origin header"), which could not be told from a foreign one.
 * @param origin our own; over https browsers are told to come back by no other way
 */
export async function sendSecurityHeaders(server: FastifyInstance, origin: string): Promise<void> {
  await server.register(helmet, {
    global: true,
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    strictTransportSecurity: origin.startsWith('https:') ? { maxAge: 2 * 365 * 24 * 60 * 60, includeSubDomains: false } : false,
  });
  const permissions = UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', ');
  server.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', permissions);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}
