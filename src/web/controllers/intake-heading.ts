import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../../access/signed-in.js';
import { NAME_FIELDS } from '../../intake/display-name.js';
import { FindDays } from '../../intake/find-days.js';
import { FindIntake } from '../../intake/find-intake.js';
import { ReadIntake } from '../../intake/read-intake.js';
import { Refusal } from '../../platform/refusal.js';
import type { IntakeFacts } from '../pages/intake-facts.js';
import { intakeFacts } from './intake-page-object.js';

/** Opens what stands above a page that shows no other answer: whose intake it is. */
@Injectable()
export class IntakeHeading {
  constructor(
    private readonly read: ReadIntake,
    private readonly find: FindIntake,
    private readonly days: FindDays,
  ) {}

  /** Without a name once names are past their day, for other classes may live on. @throws Refusal as `FindIntake` */
  async run(who: SiteMember, id: string): Promise<IntakeFacts> {
    try {
      const read = await this.read.run(who, id, NAME_FIELDS, 'prepare');
      return intakeFacts(id, read, read.answers.reveal());
    } catch (error) {
      if (!(error instanceof Refusal && (error.code === 'DESTROYED' || error.code === 'PRESERVED'))) throw error;
      const { isReadOnly = false } = await this.days.run(who, id);
      return { ...intakeFacts(id, await this.find.run(who, id), {}), isReadOnly };
    }
  }
}
