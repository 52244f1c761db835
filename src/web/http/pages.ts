import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { ReadPendingApprovals, type PendingApprovals } from '../../access/approvals/pending-approvals.js';
import { csrfToken } from '../../access/cross-site.js';
import type { RequestOfMember } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { readSite, type Site } from '../../access/site.js';
import type { Wording } from '../../catalogue/wording.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Settings } from '../../platform/settings.js';
import type { FormProblem } from '../form/form-values.js';
import { isLocalPath, type LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import type { Shell } from '../shell/shell.js';
import { carryProblems } from './carried-problems.js';
import { LANGUAGE_COOKIE, LANGUAGE_COOKIE_ATTRIBUTES } from './language-cookie.js';
import { languageChosen, languageOf } from './language-of.js';
import { noticeOf } from './notices.js';
import { sendPage } from './send-page.js';
import { streamPage } from './stream-page.js';
import { Visitor } from './visitor.js';

export type PageRequest = FastifyRequest & RequestOfMember;

export interface TypedForm {
  readonly action: LocalPath;
  readonly problems: readonly FormProblem[];
}

interface SendOptions {
  /** 200 unless said otherwise; an error page always says. */
  readonly status?: number;
  readonly notice?: Wording;
  /** Where the language switch leads, when this address cannot be opened with GET. */
  readonly path?: LocalPath;
  /** The form on this page where something is typed, or was: the language switch sends it along. Its controller reads `sentForm`. */
  readonly typed?: TypedForm;
  /** What it says cannot be shown again. */
  readonly isShownOnce?: boolean;
  /** Nobody is looked up, for what is said when a database does not answer. */
  readonly toStranger?: boolean;
}

/** Sends pages: builds what stands around each from the request, anew every time. */
@Injectable()
export class Pages {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly settings: Settings,
    private readonly visitor: Visitor,
    private readonly pending: ReadPendingApprovals,
  ) {}

  async send<P>(request: PageRequest, reply: FastifyReply, page: Page<P>, object: P, options: SendOptions = {}): Promise<void> {
    const chosen = options.typed && languageChosen(request);
    if (chosen) reply.setCookie(LANGUAGE_COOKIE, chosen, LANGUAGE_COOKIE_ATTRIBUTES);
    const isAsked = chosen && options.typed?.problems.length === 0; // nothing was refused: it is shown in the other language
    await sendPage(reply, isAsked ? 200 : (options.status ?? 200), await this.shell(request, options), page, object);
  }

  /** A page that goes on while it is looked at. */
  async stream<P>(request: PageRequest, reply: FastifyReply, page: Page<P>, object: P, later: AsyncIterable<VNode>): Promise<void> {
    await streamPage(reply, await this.shell(request, {}), page, object, later);
  }

  /** After a POST: the browser asks for the page anew, so that going back or reloading repeats nothing. */
  async redirect(reply: FastifyReply, to: LocalPath): Promise<void> {
    await reply.status(303).header('location', to).send();
  }

  private async shell(request: PageRequest, { notice, path, typed, isShownOnce, toStranger }: SendOptions): Promise<Shell> {
    const who = toStranger ? undefined : await this.visitor.find(request);
    const { site, pending } = who ? await this.atSite(who) : {};
    const said = notice ?? noticeOf(request.query);
    return {
      language: languageOf(request),
      path: path ?? pathOf(request),
      ...(typed ? { typed: { action: typed.action, problems: carryProblems(typed.problems) } } : {}),
      ...(isShownOnce ? { isShownOnce } : {}),
      timeZone: site?.timeZone ?? 'UTC',
      demonstration: this.settings.allowNeverIssuedNumbers,
      ...(who && site ? { member: memberIn(who, site), csrf: csrfToken(who), memberId: who.memberId } : {}),
      ...(pending ? { pending } : {}),
      ...(said ? { notice: said } : {}),
    };
  }

  private atSite(who: SiteMember): Promise<{ readonly site?: Site; readonly pending?: PendingApprovals }> {
    return this.records.inSite(who.siteId, async (tx) => ({
      site: await readSite(tx, who.siteId),
      pending: await this.pending.run(tx, who),
    }));
  }
}

function memberIn({ name, role, organisationWide }: SiteMember, site: Site): NonNullable<Shell['member']> {
  return { name, role, organisationWide, siteName: site.name };
}

function pathOf({ method, url }: FastifyRequest): LocalPath {
  return method === 'GET' && isLocalPath(url) ? url : '/';
}
