import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CheckCheckpoint } from '../../access/check-checkpoint.js';
import { Requires } from '../../access/requires.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { sentForm } from '../http/posted-form.js';
import { verificationPage } from '../pages/verification-page.js';

/** Whether the log is the whole truth, as far as a page can tell. */
@ApiExcludeController()
@Controller('verification')
export class VerificationController {
  constructor(
    private readonly pages: Pages,
    private readonly checkpoints: CheckCheckpoint,
  ) {}

  @Get()
  @Requires('audit.read')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.send(request, reply, verificationPage, { state: await this.checkpoints.state() });
  }

  /** Changes nothing: by POST, since a checkpoint is long and nobody's address. */
  @Post()
  @HttpCode(200)
  @Requires('audit.read')
  async check(@Req() request: PageRequest, @Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const { checkpoint: pasted = '' } = sentForm(body).typed;
    const page = { state: await this.checkpoints.state(), verdict: await this.checkpoints.pasted(pasted), pasted };
    await this.pages.send(request, reply, verificationPage, page, { path: '/verification', typed: { action: '/verification', problems: [] } });
  }
}
