/**
 * A dozen fictional households for the demonstration. Nobody in them exists; every number is of group 00, which nobody was
 * ever given, and every telephone is one of those kept for fiction.
 */
export const DEMO_HOUSEHOLDS: readonly Record<string, object>[] = [
  household('Marisol', 'Quintanilla-Reyes', '1979-03-14', '400-00-4101', 'Housekeeper', {
    spouse: person('Eusebio', 'Reyes', '1976-08-02', '400-00-4102', 'Roofer'),
    household: [
      child('Itzel', 'Reyes Quintanilla', '2009-05-21', '400-00-4103', 'daughter', 12),
      child('Mateo', 'Reyes Quintanilla', '2013-11-30', '400-00-4104', 'son', 12),
      { ...child('Consuelo', 'Reyes', '1948-01-17', undefined, 'parent', 12), married: false },
    ],
    contact: { phone: '2025550101', preferredLanguage: 'Spanish', safeContact: 'Text only, mornings' },
    situation: { maritalStatus: 'married' },
  }),
  household('Dashiell', 'Okonkwo', '1994-07-09', '400-00-4111', 'Line cook', {
    contact: { phone: '2025550111', email: 'dash@example.org' },
    situation: { maritalStatus: 'single' },
  }),
  household('Thị Hồng', 'Nguyễn', '1961-12-25', '400-00-4121', 'Seamstress', {
    contact: { phone: '2025550121', preferredLanguage: 'Vietnamese' },
    situation: { maritalStatus: 'widowed' },
  }),
  household('Bartholomew', "O'Sullivan", '1958-02-28', '400-00-4131', 'Retired', {
    spouse: person('Wilhelmina', "O'Sullivan", '1960-10-10', '400-00-4132', 'Retired'),
    contact: { phone: '2025550131', spousePhone: '2025550132' },
    situation: { maritalStatus: 'married' },
  }),
  household('Fatoumata', 'Diallo', '1988-04-03', '400-00-4141', 'Home health aide', {
    household: [child('Ibrahima', 'Diallo', '2016-06-16', '400-00-4142', 'son', 12), child('Aïssatou', 'Diallo', '2019-09-09', '400-00-4143', 'daughter', 12)],
    contact: { phone: '2025550141', preferredName: 'Fatou' },
    situation: { maritalStatus: 'separated' },
  }),
  household('Jun', 'Li', '1999-01-01', '400-00-4151', 'Student', {
    contact: { phone: '2025550151', email: 'jun.li@example.org' },
    situation: { maritalStatus: 'single' },
  }),
  household('Guadalupe', 'Ixcoy Tzul', '1985-12-12', '900-00-4161', 'Farm worker', {
    household: [
      child('Nayeli', 'Ixcoy', '2011-02-02', '900-00-4162', 'daughter', 12),
      child('Rigoberto', 'Ixcoy', '2014-08-08', '400-00-4163', 'son', 12),
      child('Ximena', 'Ixcoy', '2017-03-03', '400-00-4164', 'daughter', 12),
      child('Amadeo', 'Ixcoy', '2021-07-07', '400-00-4165', 'son', 12),
    ],
    contact: { phone: '2025550161', preferredLanguage: "K'iche'", safeContact: 'Call the church office' },
    situation: { maritalStatus: 'single' },
  }),
  household('Precious', 'Washington', '1990-05-05', '400-00-4171', 'Cashier', {
    household: [child('Zion', 'Washington', '2018-04-04', '400-00-4172', 'son', 10)],
    contact: { phone: '2025550171' },
    situation: { maritalStatus: 'divorced' },
  }),
  household('Svetlana', 'Kowalczyk', '1972-09-19', '400-00-4181', 'Bus driver', {
    contact: { phone: '2025550181' },
    situation: { maritalStatus: 'divorced' },
  }),
  household('Abdirahman', 'Warsame', '1983-06-01', '400-00-4191', 'Driver', {
    spouse: person('Hodan', 'Warsame', '1986-06-11', '400-00-4192', 'Child care worker'),
    household: [
      child('Ayaan', 'Warsame', '2012-01-12', '400-00-4193', 'daughter', 12),
      child('Liban', 'Warsame', '2015-02-13', '400-00-4194', 'son', 12),
      child('Sahra', 'Warsame', '2018-03-14', '400-00-4195', 'daughter', 12),
    ],
    contact: { phone: '2025550191', preferredLanguage: 'Somali' },
    situation: { maritalStatus: 'married' },
  }),
  household('Ruth', 'Beaverbrook', '1939-11-11', '400-00-4201', 'Retired', {
    contact: { phone: '2025550195' },
    situation: { maritalStatus: 'widowed' },
  }),
  household('Kai', 'Makoa', '2003-10-31', '400-00-4211', 'Barista', {
    contact: { phone: '2025550199', email: 'kai@example.org' },
    situation: { maritalStatus: 'single' },
  }),
];

function household(firstName: string, lastName: string, dateOfBirth: string, taxpayerId: string, jobTitle: string, rest: Record<string, object>) {
  return {
    taxpayer: person(firstName, lastName, dateOfBirth, taxpayerId, jobTitle),
    address: { street: '100 Example Street', city: 'Springfield', state: 'NY', zip: '10001' },
    ...rest,
  };
}

function person(firstName: string, lastName: string, dateOfBirth: string, taxpayerId: string, jobTitle: string) {
  return { firstName, lastName, dateOfBirth, taxpayerId, jobTitle };
}

function child(firstName: string, lastName: string, dateOfBirth: string, taxpayerId: string | undefined, relationship: string, months: number) {
  return { firstName, lastName, dateOfBirth, relationship, monthsLivedInHome: months, married: false, ...(taxpayerId ? { taxpayerId } : {}) };
}
