/** Offered while typing; any other zone of the IANA list is taken too. States and territories, from east to west. */
export const US_TIME_ZONES: readonly string[] = [
  'America/Puerto_Rico',
  'America/New_York',
  'America/Detroit',
  'America/Indiana/Indianapolis',
  'America/Chicago',
  'America/Denver',
  'America/Boise',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'Pacific/Guam',
  'Pacific/Pago_Pago',
];
