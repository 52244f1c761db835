import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isFromOwnPage } from '../../access/cross-site.js';
import type { RefusalCode } from '../../platform/refusal.js';
import { Settings } from '../../platform/settings.js';
import { keptFormPage } from '../pages/kept-form-page.js';
import { signInPage } from '../pages/sign-in-page.js';
import { keptForm, keptFormPlace } from './kept-form.js';
import { Pages, type PageRequest } from './pages.js';
import { Visitor } from './visitor.js';

/** Answers forms whose session ended while somebody was typing, so that nothing they typed is lost. */
@Injectable()
export class KeptForms {
  constructor(
    private readonly pages: Pages,
    private readonly visitor: Visitor,
    private readonly settings: Settings,
  ) {}

  /**
   * Only for what a browser says one of our own pages sent: what another site put into a form must not come back as if the
   * member had typed it.
   * @returns whether the request has been answered
   */
  async answer(request: PageRequest, reply: FastifyReply, code: RefusalCode): Promise<boolean> {
    if (code !== 'SIGNED_OUT' && code !== 'CROSS_SITE_REQUEST') return false;
    const kept = keptForm(request);
    if (kept === undefined || !isFromOwnPage(request, this.settings.origin)) return false;
    if (code === 'SIGNED_OUT') {
      await this.pages.send(request, reply, signInPage, { timedOut: true, kept }, {
        status: 401,
        path: '/sign-in',
        typed: { action: '/sign-in', problems: [] },
      });
      return true;
    }
    // Signed in anew in another window: the form has the old session's value.
    const who = await this.visitor.find(request);
    if (who?.memberId !== kept.member) return false;
    await this.pages.send(request, reply, keptFormPage, { kept }, {
      status: 403,
      path: keptFormPlace(kept),
      typed: { action: kept.action, problems: [] },
    });
    return true;
  }
}
