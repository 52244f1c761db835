import { ApiProperty } from '@nestjs/swagger';

/** The three ways to search. The catalogue reads them (`lookupQuery`), since they are compared as it keeps them. */
export class SearchByTaxpayerId {
  @ApiProperty({ description: 'With or without dashes.', example: '900-00-1234' })
  readonly taxpayerId: string;
}

export class SearchByPhone {
  @ApiProperty({ description: 'In any usual form.', example: '(202) 555-0100' })
  readonly phone: string;
}

export class SearchByName {
  @ApiProperty({ description: 'Without regard to case, accents, spaces, hyphens and apostrophes.' })
  readonly lastName: string;

  @ApiProperty({ format: 'date' })
  readonly dateOfBirth: string;
}
