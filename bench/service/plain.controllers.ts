import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { Requires, WhoAtSite } from '../../src/access/requires.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import { lookupQuery } from '../../src/catalogue/lookup-fields.js';
import { ChangeIntakeDto, CreateIntakeDto } from '../../src/web/api/intake.dto.js';
import { intakeId } from '../../src/web/api/intake-id.js';
import { LeastSealedIntakes } from './least-sealed-intakes.js';
import { OneRowIntakes } from './one-row-intakes.js';
import { PlainIntakes } from './plain-intakes.js';

/** The plaintext twin of the intakes' API: same guard, same validation, same JSON. */
@Controller('api/plain')
export class PlainController {
  constructor(private readonly intakes: PlainIntakes) {}

  @Post()
  @Requires('intake.create')
  create(@WhoAtSite() who: SiteMember, @Body() { taxYear, answers }: CreateIntakeDto) {
    return this.intakes.create(who, taxYear, answers);
  }

  @Post('search')
  @HttpCode(200)
  @Requires('intake.search')
  async search(@WhoAtSite() who: SiteMember, @Body() body: unknown) {
    return { matches: await this.intakes.search(who, lookupQuery(body)) };
  }

  @Get(':id')
  @Requires('intake.read')
  read(@WhoAtSite() who: SiteMember, @Param('id') id: string) {
    return this.intakes.read(who, intakeId(id));
  }

  @Patch(':id')
  @Requires('intake.change')
  change(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() { version, answers }: ChangeIntakeDto) {
    return this.intakes.change(who, intakeId(id), version, answers);
  }
}

/** The least that could answer the same requests. */
@Controller('api/one-row')
export class OneRowController {
  constructor(private readonly intakes: OneRowIntakes) {}

  @Post()
  @Requires('intake.create')
  create(@WhoAtSite() who: SiteMember, @Body() { taxYear, answers }: CreateIntakeDto) {
    return this.intakes.create(who, taxYear, answers);
  }

  @Get(':id')
  @Requires('intake.read')
  read(@WhoAtSite() who: SiteMember, @Param('id') id: string) {
    return this.intakes.read(who, intakeId(id));
  }

  @Patch(':id')
  @Requires('intake.change')
  change(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() { version, answers }: ChangeIntakeDto) {
    return this.intakes.change(who, intakeId(id), version, answers);
  }
}

/** The twin with what no way of keeping the promises can do without. */
@Controller('api/least-sealed')
export class LeastSealedController {
  constructor(private readonly intakes: LeastSealedIntakes) {}

  @Post()
  @Requires('intake.create')
  create(@WhoAtSite() who: SiteMember, @Body() { taxYear, answers }: CreateIntakeDto) {
    return this.intakes.create(who, taxYear, answers);
  }

  @Get(':id')
  @Requires('intake.read')
  read(@WhoAtSite() who: SiteMember, @Param('id') id: string) {
    return this.intakes.read(who, intakeId(id));
  }

  @Patch(':id')
  @Requires('intake.change')
  change(@WhoAtSite() who: SiteMember, @Param('id') id: string, @Body() { version, answers }: ChangeIntakeDto) {
    return this.intakes.change(who, intakeId(id), version, answers);
  }
}
