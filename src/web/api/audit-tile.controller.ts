import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ReadEntryBundle } from '../../access/read-entry-bundle.js';
import { Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import { entryBundle } from '../../audit/export/entry-bundle.js';
import { TILE_WIDTH } from '../../audit/export/tile-path.js';
import { readTile } from '../../audit/tiles/read-tile.js';
import { signedTree } from '../../audit/tiles/signed-tree.js';
import { parseLevel, parseTileNumber } from '../../audit/tiles/tile-address.js';
import { tileWidth, type Tile } from '../../audit/tiles/tile.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { OF_MEMBERS, Refuses } from './refuses.js';

const BYTES = { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } as const;
const NUMBER = { name: 'path', schema: { type: 'string' }, example: 'x001/x234/067', description: 'In groups of three digits, all but the last with an x; then `.p/<W>` where the tile is not full.' } as const;
const OF_TILES = [...OF_MEMBERS, 'INVALID_INPUT', 'NOT_FOUND', 'LOG_CHANGED', 'NOT_READY'] as const;
/** A day and not for ever: after a restore the log begins under another name, and its tiles under the same addresses. */
const KEPT_A_DAY = 'private, max-age=86400, immutable';

/** The log's tree as C2SP tlog-tiles has it, as far as it is signed. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/audit/tile')
export class AuditTileController {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly bundles: ReadEntryBundle,
  ) {}

  @Get('entries/*')
  @Requires('audit.bundle')
  @Header('content-type', 'application/octet-stream')
  @ApiOperation({ summary: 'Leaves of entries of every site (C2SP tlog-tiles, entry bundle); reading them is an entry too' })
  @ApiParam(NUMBER)
  @ApiOkResponse(BYTES)
  @Refuses(...OF_TILES)
  async entries(@WhoAtSite() who: SiteMember, @Param('*') address: string) {
    const bundle = await this.signedTile(0, address);
    const leaves = await this.bundles.run(who, bundle.number * TILE_WIDTH, bundle.width);
    if (!leaves) throw new Refusal('LOG_CHANGED', 'Entries of this bundle are gone. Verify the log.');
    return entryBundle(leaves);
  }

  @Get(':level/*')
  @Requires('audit.read')
  @Header('content-type', 'application/octet-stream')
  @ApiOperation({ summary: 'Hashes of the tree (C2SP tlog-tiles); whoever reads them holds them against a checkpoint' })
  @ApiParam({ name: 'level', schema: { type: 'integer', minimum: 0, maximum: 63 } })
  @ApiParam(NUMBER)
  @ApiOkResponse(BYTES)
  @Refuses(...OF_TILES)
  async tile(@Param('level') level: string, @Param('*') address: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const tile = await this.signedTile(parseLevel(level) ?? malformed('level'), address);
    const bytes = await this.records.withoutSite((tx) => readTile(tx, tile));
    if (!bytes) throw new Refusal('NOT_READY', 'Not all hashes of the log are there. After an update they follow in a minute; if not, verify the log.');
    if (tile.width === TILE_WIDTH) reply.header('cache-control', KEPT_A_DAY);
    return bytes;
  }

  /** @throws Refusal INVALID_INPUT for what is no address of a tile, NOT_FOUND for one that is not in the signed tree */
  private async signedTile(level: number, address: string): Promise<Tile> {
    const { number, width } = parseTileNumber(address) ?? malformed('number');
    const { tree } = await this.records.withoutSite((tx) => signedTree(tx));
    if (width > tileWidth(level, number, tree.size)) throw new Refusal('NOT_FOUND', 'There is no such tile in the signed tree.');
    return { level, number, width };
  }
}

function malformed(field: 'level' | 'number'): never {
  throw new Refusal('INVALID_INPUT', 'Tiles are numbered as C2SP tlog-tiles has it: x001/x234/067, and .p/12 where one is not full.', { fields: [field] });
}
