import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { Requires, WhoAtSite } from '../../src/access/requires.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import { lookupQuery } from '../../src/catalogue/lookup-fields.js';
import { ChangeIntakeDto, CreateIntakeDto } from '../../src/web/api/intake.dto.js';
import { intakeId } from '../../src/web/api/intake-id.js';
import { LeastSealedIntakes } from './least-sealed-intakes.js';
import { OneRowIntakes } from './one-row-intakes.js';
import { PlainIntakes } from './plain-intakes.js';

interface Intakes {
  create(who: SiteMember, taxYear: number, input: unknown): Promise<object>;
  read(who: SiteMember, id: string): Promise<object>;
  change(who: SiteMember, id: string, version: number, input: unknown): Promise<object>;
}

/** The intakes' API as the service has it: same guard, same validation, same JSON. */
abstract class TwinController<T extends Intakes> {
  constructor(protected readonly intakes: T) {}

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

/** The plaintext twin. */
@Controller('api/plain')
export class PlainController extends TwinController<PlainIntakes> {
  constructor(intakes: PlainIntakes) {
    super(intakes);
  }

  @Post('search')
  @HttpCode(200)
  @Requires('intake.search')
  async search(@WhoAtSite() who: SiteMember, @Body() body: unknown) {
    return { matches: await this.intakes.search(who, lookupQuery(body)) };
  }
}

/** The least that could answer the same requests. */
@Controller('api/one-row')
export class OneRowController extends TwinController<OneRowIntakes> {
  constructor(intakes: OneRowIntakes) {
    super(intakes);
  }
}

/** The twin with what no way of keeping the promises can do without. */
@Controller('api/least-sealed')
export class LeastSealedController extends TwinController<LeastSealedIntakes> {
  constructor(intakes: LeastSealedIntakes) {
    super(intakes);
  }
}
