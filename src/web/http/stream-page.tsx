import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { LATER_HERE } from '../shell/later-here.js';
import { renderPage, type Page } from '../shell/render-page.js';
import { ShellProvider, type Shell } from '../shell/shell.js';

/**
 * Answers with a page that goes on while it is looked at, without a script: the browser is sent the page up to `LaterHere`, then
 * each later piece as it comes, and the end of the page after the last. Whoever leaves ends it.
 */
export function streamPage<PageObject>(
  reply: FastifyReply,
  shell: Shell,
  page: Page<PageObject>,
  object: PageObject,
  later: AsyncIterable<VNode>,
): FastifyReply {
  const [before, after] = renderPage(shell, page, object).split(LATER_HERE) as [string, string];
  async function* pieces(): AsyncGenerator<string> {
    yield before;
    for await (const piece of later) yield renderToString(<ShellProvider value={shell}>{piece}</ShellProvider>);
    yield after;
  }
  // A proxy that collects what it passes on would show nothing until the end.
  return reply.type('text/html; charset=utf-8').header('content-language', shell.language).header('x-accel-buffering', 'no').send(Readable.from(pieces()));
}
