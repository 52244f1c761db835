type Values = Record<string, unknown>;

/** A household as the IRS published it for Direct File: fields of ours, and some that are not. */
export interface Household {
  readonly scenario: string;
  readonly maritalStatus: string;
  readonly filingStatus: string;
  readonly taxpayer: Values;
  readonly spouse?: Values;
  readonly household?: readonly Values[];
  readonly [group: string]: unknown;
}

/** The household as answers: what is never stored and what is no field left out. */
export function answersOf({ scenario: _name, filingStatus: _status, maritalStatus, taxpayer, spouse, household, ...groups }: Household): Values {
  return {
    ...groups,
    taxpayer: withoutCitizenship(taxpayer),
    ...(spouse ? { spouse: withoutCitizenship(spouse) } : {}),
    ...(household ? { household: household.map(withoutCitizenship) } : {}),
    situation: { maritalStatus },
  };
}

function withoutCitizenship({ usCitizen: _asked, ...kept }: Values): Values {
  return kept;
}
