import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventLog, faultOf } from '../../platform/event-log.js';
import type { Refusal } from '../../platform/refusal.js';
import { destroyedPageObject } from '../controllers/destroyed-page-object.js';
import { destroyedPage } from '../pages/destroyed-page.js';
import { errorPage } from '../pages/error-page.js';
import { otherSitePage } from '../pages/other-site-page.js';
import { isLocalPath } from '../shell/local-path.js';
import { errorStatus } from '../words/error-words.js';
import { isApi } from './is-api.js';
import { KeptForms } from './kept-forms.js';
import { Pages, type PageRequest } from './pages.js';
import { refusalOf } from './refusal-of.js';
import { broughtSession } from './visitor.js';

/** The last stop of every error. The status is always set, and what went wrong inside is said to our own log alone. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(
    private readonly events: EventLog,
    private readonly pages: Pages,
    private readonly kept: KeptForms,
  ) {}

  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<PageRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = refusalOf(exception);
    if (refusal.status >= 500) {
      const route = request.routeOptions?.url ?? 'unknown';
      this.events.warn({ event: 'request.failed', method: request.method, route, fault: faultOf(exception) });
    }
    await (isForProgram(request) ? answerProgram(reply, refusal) : this.answerPerson(request, reply, refusal));
  }

  private async answerPerson(request: PageRequest, reply: FastifyReply, { code, status, details }: Refusal): Promise<void> {
    if (code === 'DESTROYED') return this.pages.send(request, reply, destroyedPage, destroyedPageObject(details), { status });
    if (code === 'SITE_CHANGED') return this.pages.send(request, reply, otherSitePage, {}, { status });
    if (request.method === 'GET') {
      if (code === 'SIGNED_OUT') return this.pages.redirect(reply, broughtSession(request) ? '/sign-in?said=timed-out' : '/sign-in');
      if (code === 'NOT_ADMITTED') return this.pages.redirect(reply, '/six-words');
    }
    if (await this.kept.answer(request, reply, code)) return;
    const page = { status: errorStatus(status), spentLink: code === 'LINK_NOT_VALID', ...(isLocalPath(details['rest']) ? { rest: details['rest'] } : {}) };
    await this.pages.send(request, reply, errorPage, page, { status, toStranger: status >= 500 });
  }
}

/** As JSON, also where the route itself answers with text or bytes. */
async function answerProgram(reply: FastifyReply, { code, message, details, status }: Refusal): Promise<void> {
  await reply.status(status).type('application/json; charset=utf-8').send({ code, message, ...details });
}

/** The API, and whoever asks for something else than a page. */
function isForProgram({ url, headers }: PageRequest): boolean {
  return isApi(url) || url === '/healthz' || url === '/readyz' || !(headers.accept ?? '').includes('text/html');
}
