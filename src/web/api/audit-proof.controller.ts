import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '../../access/requires.js';
import { proveConsistency, proveInclusion } from '../../audit/tiles/prove.js';
import { formatTlogProof } from '../../audit/tlog-proof.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { ConsistencyQuery, InclusionQuery, TlogProofQuery } from './audit-proof.dto.js';
import { Consistency, Inclusion } from './audit-proof.responses.js';
import { OF_MEMBERS, Refuses } from './refuses.js';

const OF_PROOFS = [...OF_MEMBERS, 'INVALID_INPUT', 'LOG_CHANGED', 'NOT_READY'] as const;

/** Proofs about the log's tree. They hold hashes, and tell nothing of what was logged. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/audit/proof')
export class AuditProofController {
  constructor(private readonly records: RecordsDatabase) {}

  @Get('inclusion')
  @Requires('audit.read')
  @ApiOperation({ summary: 'That an entry is in the tree (RFC 6962 inclusion proof)' })
  @ApiOkResponse({ type: Inclusion })
  @Refuses(...OF_PROOFS)
  async inclusion(@Query() { index, size }: InclusionQuery): Promise<Inclusion> {
    const proof = await this.records.withoutSite((tx) => proveInclusion(tx, Number(index), numberOf(size)));
    return { index: proof.index, size: proof.size, leafHash: proof.leafHash.toString('base64'), hashes: inBase64(proof.hashes) };
  }

  @Get('consistency')
  @Requires('audit.read')
  @ApiOperation({ summary: 'That a tree begins with all of an older one (RFC 6962 consistency proof)' })
  @ApiOkResponse({ type: Consistency })
  @Refuses(...OF_PROOFS)
  async consistency(@Query() query: ConsistencyQuery): Promise<Consistency> {
    const { from, to, hashes } = await this.records.withoutSite((tx) => proveConsistency(tx, Number(query.from), numberOf(query.to)));
    return { from, to, hashes: inBase64(hashes) };
  }

  @Get('tlog')
  @Requires('audit.read')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'That an entry is in the newest signed tree, checkpoint included, to keep as a file (C2SP tlog-proof)' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @Refuses(...OF_PROOFS)
  async tlog(@Query() { index }: TlogProofQuery) {
    const { note, hashes } = await this.records.withoutSite((tx) => proveInclusion(tx, Number(index)));
    return formatTlogProof({ index: Number(index), hashes, checkpoint: note });
  }
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function inBase64(hashes: readonly Buffer[]): readonly string[] {
  return hashes.map((hash) => hash.toString('base64'));
}
