import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { Refusal } from '../../platform/refusal.js';
import { ProposePolicy } from '../../retention/policies/propose-policy.js';
import { ReadPolicyNow, type PolicyNow } from '../../retention/policies/read-policy-now.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { periodValues } from '../form/policy-periods.js';
import { isDoneAlready } from '../http/done-already.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { refusedFields } from '../http/refused-fields.js';
import { policyCheckPage } from '../pages/policy-check-page.js';
import { proposePolicyPage } from '../pages/propose-policy-page.js';
import { PROPOSE_POLICY_WORDS as WORDS } from '../words/policy-words.js';
import { policyCheckObject, policyFormObject } from './policy-proposal-page-object.js';
import { policyFields, readPolicyForm, typedAnew, type TypedPolicy } from './typed-policy.js';
import { WaitingPolicy } from './waiting-policy.js';

const FORM = '/policy/propose';
const PROPOSE = '/policy/proposals';

interface Shown {
  readonly status: number;
  readonly problems?: readonly FormProblem[];
  readonly stale?: boolean;
}

/** Proposing the next policy: a form, then a page that says what it would change, and only from there is it proposed. */
@ApiExcludeController()
@Controller('policy')
export class PolicyProposingController {
  constructor(
    private readonly pages: Pages,
    private readonly readNow: ReadPolicyNow,
    private readonly waiting: WaitingPolicy,
    private readonly proposePolicy: ProposePolicy,
  ) {}

  @Get('propose')
  @Requires('policy.propose')
  async form(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember): Promise<void> {
    const now = await this.readNow.run(who.siteId);
    await this.showForm(request, reply, who, now, periodValues(now.newest), { status: 200 });
  }

  /** Proposes nothing. From the page that follows one comes back here to change something. */
  @Post('propose')
  @Requires('policy.propose')
  async check(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    const now = await this.readNow.run(who.siteId);
    if ((again ?? typed['change']) && !isOutdated(typed, now)) return this.showForm(request, reply, who, now, typed, { status: again?.length ? 422 : 200, problems: again ?? [] });
    await this.showCheck(request, reply, who, now, typed);
  }

  /** From the page that says what it would change. */
  @Post('proposals')
  @Requires('policy.propose')
  async propose(@Req() request: PageRequest, @Res() reply: FastifyReply, @WhoAtSite() who: SiteMember, @Body() body: unknown): Promise<void> {
    const { typed, again } = sentForm(body);
    const now = await this.readNow.run(who.siteId);
    const read = again || isOutdated(typed, now) ? [] : readPolicyForm(typed, now);
    if (isProblems(read)) return this.showCheck(request, reply, who, now, typed);
    const proposed = await this.proposedOnce(who, now, read);
    if (proposed === 'refused') return this.showCheck(request, reply, who, await this.readNow.run(who.siteId), typed, 409);
    if (isProblems(proposed)) return this.showForm(request, reply, who, now, typed, { status: 422, problems: proposed });
    await this.pages.redirect(reply, `/approvals/${proposed.approvalId}?said=policy-proposed`);
  }

  /**
   * Who pressed the button twice has proposed one, and is shown it.
   * @returns `refused`: for what the page that is shown anew says
   */
  private async proposedOnce(who: SiteMember, { newest }: PolicyNow, typed: TypedPolicy): Promise<{ approvalId: string } | 'refused' | readonly FormProblem[]> {
    const { policy: document, effectiveDay, reason } = typed;
    try {
      return await this.proposePolicy.run(who, { document, effectiveDay, reason, after: newest.version });
    } catch (error) {
      const own = isDoneAlready(error) ? await this.waiting.same(who, typed, newest.version) : undefined;
      if (own) return { approvalId: own };
      if (error instanceof Refusal && error.status === 409) return 'refused';
      return refusedFields(error, { effectiveDay: { path: 'effectiveDay', reason: WORDS.tooNear } });
    }
  }

  private async showCheck(request: PageRequest, reply: FastifyReply, who: SiteMember, now: PolicyNow, typed: FormValues, status = 200): Promise<void> {
    if (isOutdated(typed, now)) return this.showForm(request, reply, who, now, await this.anew(typed, now), { status: 409, stale: true });
    const read = readPolicyForm(typed, now);
    if (isProblems(read)) return this.showForm(request, reply, who, now, typed, { status: 422, problems: read });
    if (await this.waiting.find(who)) return this.showForm(request, reply, who, now, typed, { status: 409 });
    const page = policyCheckObject(read, now, policyFields(typed, now));
    await this.pages.send(request, reply, policyCheckPage, page, { status: page.locked ? 409 : status, path: FORM, typed: { action: page.locked ? FORM : PROPOSE, problems: [] } });
  }

  /** While another proposal waits, it stands in the form's place. */
  private async showForm(request: PageRequest, reply: FastifyReply, who: SiteMember, now: PolicyNow, typed: FormValues, shown: Shown): Promise<void> {
    const { status, problems = [], stale = false } = shown;
    const waiting = await this.waiting.find(who);
    const page = { ...policyFormObject(now), ...(waiting ? { waiting: `/approvals/${waiting.id}` as const } : {}), stale, typed: policyFields(typed, now), problems };
    await this.pages.send(request, reply, proposePolicyPage, page, { status, path: FORM, ...(waiting ? {} : { typed: { action: FORM, problems } }) });
  }

  private async anew(typed: FormValues, { newest }: PolicyNow): Promise<FormValues> {
    const made = /^[1-9]\d{0,8}$/.test(typed['after'] ?? '') ? await this.readNow.version(Number(typed['after'])) : undefined;
    return typedAnew(typed, made, newest);
  }
}

/** Made from other rules than those that it would change. */
function isOutdated(typed: FormValues, { newest }: PolicyNow): boolean {
  return typed['after'] !== String(newest.version);
}

function isProblems(result: object | string): result is readonly FormProblem[] {
  return Array.isArray(result);
}
