import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { ExportEntries } from '../../access/export-entries.js';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReadLog } from '../../access/read-log.js';
import { Public, Requires, WhoAtSite } from '../../access/requires.js';
import type { SiteMember } from '../../access/signed-in.js';
import type { ProvableEntry } from '../../audit/list-entries.js';
import { logKeys } from '../../audit/log-keys.js';
import { currentOrigin } from '../../audit/log-origin.js';
import { newestCheckpoint } from '../../audit/newest-checkpoint.js';
import { WitnessStandings } from '../../audit/witness/witness-standings.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { CheckpointQuery, EventsQuery, ExportQuery, filterOf } from './audit.dto.js';
import { EventPage, KeyList, ListedWitnesses, LoggedEvent } from './audit.responses.js';
import { OF_MEMBERS, Refuses } from './refuses.js';

const TEXT = { content: { 'text/plain': { schema: { type: 'string' } } } } as const;

/** The access log as JSON, and what a verifier needs to hold it to. */
@ApiTags('audit')
@Controller('api/audit')
export class AuditController {
  constructor(
    private readonly readLog: ReadLog,
    private readonly records: RecordsDatabase,
    private readonly exports: ExportEntries,
    private readonly witnesses: WitnessStandings,
  ) {}

  @Get('events')
  @Requires('audit.read')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Entries, newest first, fifty a page; reading them is an entry too' })
  @ApiOkResponse({ type: EventPage })
  @Refuses(...OF_MEMBERS, 'INVALID_INPUT')
  async events(@WhoAtSite() who: SiteMember, @Query() { cursor, ...query }: EventsQuery): Promise<EventPage> {
    const { entries, next } = await this.readLog.run(who, filterOf(query), cursor);
    return { events: entries.map(eventOf), ...(next ? { next } : {}) };
  }

  @Get('export.csv')
  @Requires('audit.read')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'The same entries, all of them, as CSV (RFC 4180); the entry that says so counts them' })
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  @Refuses(...OF_MEMBERS, 'INVALID_INPUT')
  async csv(@WhoAtSite() who: SiteMember, @Query() query: ExportQuery): Promise<StreamableFile> {
    return download(await this.exports.run(who, filterOf(query), 'csv'), 'text/csv; charset=utf-8; header=present', 'access-log.csv');
  }

  @Get('export.ocsf')
  @Requires('audit.read')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'The same as OCSF events, one JSON object a line (class 6005, Datastore Activity)' })
  @ApiOkResponse({ content: { 'application/x-ndjson': { schema: { type: 'string' } } } })
  @Refuses(...OF_MEMBERS, 'INVALID_INPUT')
  async ocsf(@WhoAtSite() who: SiteMember, @Query() query: ExportQuery): Promise<StreamableFile> {
    return download(await this.exports.run(who, filterOf(query), 'ocsf'), 'application/x-ndjson', 'access-log.ocsf.jsonl');
  }

  @Get('checkpoint')
  @Requires('audit.read')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'The newest signed checkpoint (C2SP tlog-checkpoint), with the cosignatures of witnesses that it has' })
  @ApiOkResponse(TEXT)
  @Refuses(...OF_MEMBERS, 'INVALID_INPUT', 'LOG_CHANGED', 'NOT_READY')
  async checkpoint(@Query() { cosigned }: CheckpointQuery) {
    const note = await this.records.withoutSite((tx) => newestCheckpoint(tx, cosigned ? 'cosigned' : 'any'));
    if (note === undefined) throw new Refusal('NOT_READY', cosigned ? 'No witness has cosigned anything yet.' : 'Nothing has been signed yet.');
    if (note === '') throw new Refusal('LOG_CHANGED', 'The newest checkpoint is none that this log wrote. Verify the log.');
    return note;
  }

  @Get('witnesses')
  @Requires('audit.read')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Who outside has cosigned the log, what of it and when' })
  @ApiOkResponse({ type: ListedWitnesses })
  @Refuses(...OF_MEMBERS)
  cosigners(): Promise<ListedWitnesses> {
    return this.witnesses.read();
  }

  @Get('vkey')
  @Public('a verifier key is made to be handed out')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'The key that checkpoints and certificates are signed with now (C2SP signed-note)' })
  @ApiOkResponse(TEXT)
  @Refuses('NOT_READY')
  async vkey() {
    const origin = await this.records.withoutSite((tx) => currentOrigin(tx));
    if (!origin) throw new Refusal('NOT_READY', 'The log has no name yet.');
    return `${origin.vkey}\n`;
  }

  @Get('vkeys')
  @Public('verifier keys are made to be handed out')
  @ApiOperation({ summary: 'All keys that the log was ever signed with, newest first, and what each of them signed' })
  @ApiOkResponse({ type: KeyList })
  @Refuses('NOT_READY')
  async vkeys(): Promise<KeyList> {
    const keys = await this.records.withoutSite((tx) => logKeys(tx));
    if (keys.length === 0) throw new Refusal('NOT_READY', 'The log has no name yet.');
    return { keys };
  }
}

function eventOf({ parts, place, salts, site: _, ...entry }: ProvableEntry): LoggedEvent {
  const { actor, subject, context } = salts ?? {};
  const inBase64 = actor && subject && context && { actor: actor.toString('base64'), subject: subject.toString('base64'), context: context.toString('base64') };
  return { ...entry, ...parts, ...(inBase64 ? { salts: inBase64 } : {}), ...place };
}

function download(lines: AsyncIterable<string>, type: string, name: string): StreamableFile {
  return new StreamableFile(Readable.from(lines, { objectMode: false }), { type, disposition: `attachment; filename="${name}"` });
}
