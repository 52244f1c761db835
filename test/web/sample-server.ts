import fastify, { type FastifyInstance } from 'fastify';
import { sendSecurityHeaders } from '../../src/web/http/security-headers.js';
import { serveAssets } from '../../src/web/http/serve-assets.js';
import { renderPage } from '../../src/web/shell/render-page.js';
import type { Language } from '../../src/web/words/language.js';
import { SAMPLES } from './sample-pages.js';
import { samplePlot } from './sample-preview-page.js';

/** Serves every sample by its name, with the policy and the assets of the service, on a free port. */
export class SampleServer {
  private constructor(private readonly server: FastifyInstance) {}

  static async start(): Promise<SampleServer> {
    const server = fastify();
    await sendSecurityHeaders(server, 'http://localhost');
    await serveAssets(server);
    server.get<{ Querystring: { name: string; language: Language } }>('/sample', (request, reply) => {
      const { name, language } = request.query;
      const { shell, page, object } = SAMPLES.find((sample) => sample.name === name)!;
      return reply.type('text/html').send(renderPage({ ...shell, language }, page, object));
    });
    server.get<{ Params: { width: string } }>('/sample-plot/:width', (request, reply) => reply.type('image/svg+xml').send(samplePlot(request.params.width)));
    await server.listen({ port: 0, host: 'localhost' });
    return new SampleServer(server);
  }

  addressOf(name: string, language: Language): string {
    return `http://localhost:${(this.server.server.address() as { port: number }).port}/sample?${new URLSearchParams({ name, language }).toString()}`;
  }

  async stop(): Promise<void> {
    await this.server.close();
  }
}
