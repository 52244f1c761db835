/** Two households as unlike as can be: one citizen alone with a Social Security number, and seven people with ITINs. */
export const ALONE = {
  taxpayer: { firstName: 'Al', lastName: 'Ott', dateOfBirth: '1990-01-01', jobTitle: 'Cook', taxpayerId: '417-00-0001' },
  address: { street: '1 A St', city: 'Rye', state: 'NY', zip: '10580' },
  contact: { phone: '2025550101' },
  situation: { maritalStatus: 'single' },
};

const NAME = 'Hernández-Villanueva de la Cruz';

/** Their values are all different: two that are one have one row that is found and one that is a blank's. */
export const SEVEN = {
  taxpayer: {
    firstName: 'María de los Ángeles',
    lastName: NAME,
    dateOfBirth: '1979-12-12',
    jobTitle: 'Housekeeper and cook',
    taxpayerId: '917-00-0001',
  },
  spouse: { firstName: 'José Wenceslao', lastName: 'Ortega', dateOfBirth: '1980-01-02', fullTimeStudent: false, taxpayerId: '917-00-0002' },
  address: { street: '12345 Very Long Boulevard of the Americas', unit: 'Apartment 1234', city: 'San Francisco', state: 'CA', zip: '94110-1234' },
  contact: { phone: '2025550102', spousePhone: '2025550177', preferredLanguage: 'Mixteco', safeContact: 'Only by way of the parish' },
  situation: { maritalStatus: 'married', marriedOnLastDay: true, incomeWages: true, incomeWagesJobs: 3, livedOrWorkedInSeveralStates: true },
  household: ['daughter', 'son', 'daughter', 'parent', 'niece'].map((relationship, i) => ({
    firstName: `María Guadalupe ${'abcde'[i]}`,
    lastName: NAME,
    dateOfBirth: `20${10 + i}-05-05`,
    relationship,
    monthsLivedInHome: 12,
    married: false,
    taxpayerId: `917-00-001${i}`,
  })),
};
