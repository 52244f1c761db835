import type { Choice } from './field-options.js';

/** States, the District, territories, freely associated states and military mail, as the Postal Service writes them. */
const NAMES: Readonly<Record<string, string>> = {
  AL: 'Alabama', AK: 'Alaska', AS: 'American Samoa', AZ: 'Arizona', AR: 'Arkansas', AA: 'Armed Forces Americas',
  AE: 'Armed Forces Europe', AP: 'Armed Forces Pacific', CA: 'California', CO: 'Colorado', CT: 'Connecticut',
  DE: 'Delaware', DC: 'District of Columbia', FM: 'Federated States of Micronesia', FL: 'Florida', GA: 'Georgia',
  GU: 'Guam', HI: 'Hawaii', ID: 'Idaho', IL: 'Illinois', IN: 'Indiana', IA: 'Iowa', KS: 'Kansas', KY: 'Kentucky',
  LA: 'Louisiana', ME: 'Maine', MH: 'Marshall Islands', MD: 'Maryland', MA: 'Massachusetts', MI: 'Michigan',
  MN: 'Minnesota', MS: 'Mississippi', MO: 'Missouri', MT: 'Montana', NE: 'Nebraska', NV: 'Nevada', NH: 'New Hampshire',
  NJ: 'New Jersey', NM: 'New Mexico', NY: 'New York', NC: 'North Carolina', ND: 'North Dakota',
  MP: 'Northern Mariana Islands', OH: 'Ohio', OK: 'Oklahoma', OR: 'Oregon', PW: 'Palau', PA: 'Pennsylvania',
  PR: 'Puerto Rico', RI: 'Rhode Island', SC: 'South Carolina', SD: 'South Dakota', TN: 'Tennessee', TX: 'Texas',
  VI: 'U.S. Virgin Islands', UT: 'Utah', VT: 'Vermont', VA: 'Virginia', WA: 'Washington', WV: 'West Virginia',
  WI: 'Wisconsin', WY: 'Wyoming',
};

/** For a list to pick from, as USWDS writes them: `MD - Maryland`. */
export const STATES: readonly Choice[] = Object.entries(NAMES).map(([value, name]) => ({
  value,
  label: { en: `${value} - ${name}`, es: `${value} - ${name}` },
}));

/** The two letters of a state in capitals, however they were typed; `undefined` for anything else. */
export function readState(typed: string): string | undefined {
  const letters = typed.trim().toUpperCase();
  return Object.hasOwn(NAMES, letters) ? letters : undefined;
}
