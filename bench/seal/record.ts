/** The record every library seals: 24 fields of text as an intake has them. Nobody in it exists. */
export const RECORD: readonly string[] = [
  ...['Consuelo', 'M', 'Quintanilla-Reyes', 'Jr', '1979-03-14', 'Housekeeper'],
  ...['Eusebio', 'T', 'Reyes', 'Sr', '1976-08-02', 'Roofer'],
  ...['418 Wharf Street', 'Apt 3B', 'Port Calder', 'OR', '97000', '2025550101'],
  ...['consuelo@example.org', 'Text only, mornings', 'Spanish', '400-00-4101', '400-00-4102', 'married'],
];

/** Bytes of a cell: the longest value of the record fits, and every value is padded to it. */
export const CELL_WIDTH = 34;
