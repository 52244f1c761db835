import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PublishedSites } from '../../access/published-sites.js';
import { Requires, Who } from '../../access/requires.js';
import type { SignedIn } from '../../access/signed-in.js';
import { logKeys } from '../../audit/log-keys.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { DestructionCertificates, type IssuedCertificate } from '../../retention/destruction-certificates.js';
import { runId } from '../api/run-id.js';
import { Pages, type PageRequest } from '../http/pages.js';
import { certificatePage } from '../pages/certificate-page.js';
import { certificatePageObject, logOf } from './certificate-page-object.js';

@ApiExcludeController()
@Controller('runs/:id')
export class CertificatesController {
  constructor(
    private readonly pages: Pages,
    private readonly certificates: DestructionCertificates,
    private readonly sites: PublishedSites,
    private readonly records: RecordsDatabase,
  ) {}

  @Get('certificate')
  @Requires('retention.read')
  async show(@Req() request: PageRequest, @Res() reply: FastifyReply, @Who() who: SignedIn, @Param('id') id: string): Promise<void> {
    const issued = await this.find(id);
    const keys = await this.records.withoutSite((tx) => logKeys(tx, logOf(issued)));
    const page = certificatePageObject(issued, keys.map(({ vkey }) => vkey), await this.sites.all(), who);
    await this.pages.send(request, reply, certificatePage, page);
  }

  /** Byte for byte what was signed, for whoever checks it with software of their own. */
  @Get('certificate.txt')
  @Requires('retention.read')
  async download(@Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const { runId: name, note } = await this.find(id);
    await reply.type('text/plain; charset=utf-8').header('content-disposition', `attachment; filename="certificate-${name}.txt"`).send(note);
  }

  private async find(id: string): Promise<IssuedCertificate> {
    const found = await this.certificates.find(runId(id));
    if (!found) throw new Refusal('NOT_FOUND', 'There is no such certificate.');
    return found;
  }
}
