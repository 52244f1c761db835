import { ApiPropertyOptional } from '@nestjs/swagger';
import { Address } from './address.js';
import { Bank } from './bank.js';
import { Consents } from './consents.js';
import { Contact } from './contact.js';
import { HouseholdMember } from './household-member.js';
import { Notes } from './notes.js';
import { PreparerList } from './preparer-list.js';
import { Situation } from './situation.js';
import { Spouse } from './spouse.js';
import { Taxpayer } from './taxpayer.js';

/** Places for the other people of the home; all are sealed from the start, so that none tells how many there are. */
export const HOUSEHOLD_SLOTS = 12;

/** The groups of answers as the API nests them, each a class of declared fields. Group is not retention class. */
export const ANSWER_GROUPS = {
  taxpayer: Taxpayer,
  spouse: Spouse,
  household: HouseholdMember,
  contact: Contact,
  address: Address,
  situation: Situation,
  bank: Bank,
  notes: Notes,
  consents: Consents,
  preparerList: PreparerList,
} as const;

export type AnswerGroup = keyof typeof ANSWER_GROUPS;
/** The groups that are one object each: all but the list of people. */
export type SingleGroup = Exclude<AnswerGroup, 'household'>;

export function isAnswerGroup(text: string): text is AnswerGroup {
  return Object.hasOwn(ANSWER_GROUPS, text);
}

/** A change clears a group with null; what is read never has one. */
const CLEARABLE = { nullable: true, description: 'In a change null clears the whole group; null never comes back.' } as const;

/** One household's answers. Blanks are left out, never null; a group of which nothing is known is left out. */
export class Answers {
  @ApiPropertyOptional({ ...CLEARABLE, type: () => Taxpayer })
  taxpayer?: Taxpayer;

  @ApiPropertyOptional({ ...CLEARABLE, type: () => Spouse })
  spouse?: Spouse;

  @ApiPropertyOptional({ ...CLEARABLE, type: () => HouseholdMember, isArray: true, maxItems: HOUSEHOLD_SLOTS })
  household?: readonly HouseholdMember[];

  @ApiPropertyOptional({ ...CLEARABLE, type: () => Contact })
  contact?: Contact;

  @ApiPropertyOptional({ ...CLEARABLE, type: () => Address })
  address?: Address;

  @ApiPropertyOptional({ ...CLEARABLE, type: () => Situation })
  situation?: Situation;

  @ApiPropertyOptional({ ...CLEARABLE, type: () => Bank })
  bank?: Bank;

  @ApiPropertyOptional({ ...CLEARABLE, type: () => Notes })
  notes?: Notes;

  @ApiPropertyOptional({ ...CLEARABLE, type: () => Consents })
  consents?: Consents;

  @ApiPropertyOptional({ type: () => PreparerList, description: 'Of compensated preparers, once the return is ready to be signed (IRC 6107(b)). It is never cleared.' })
  preparerList?: PreparerList;
}

type Clearable<Group> = { readonly [Name in keyof Group]?: Group[Name] | null };

/** A change of answers: null clears an answer or a group, what is left out stays, `household` is replaced whole. */
export type AnswersPatch = {
  readonly [Group in SingleGroup]?: Clearable<InstanceType<(typeof ANSWER_GROUPS)[Group]>> | null;
} & { readonly household?: readonly Clearable<HouseholdMember>[] | null };
