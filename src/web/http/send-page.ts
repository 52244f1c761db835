import type { FastifyReply } from 'fastify';
import { renderPage, type Page } from '../shell/render-page.js';
import type { Shell } from '../shell/shell.js';

/** Answers with a page. The status is always said: an error page sent as 200 is kept and believed by what comes between. */
export function sendPage<PageObject>(reply: FastifyReply, status: number, shell: Shell, page: Page<PageObject>, object: PageObject): FastifyReply {
  return reply.status(status).type('text/html; charset=utf-8').header('content-language', shell.language).send(renderPage(shell, page, object));
}
