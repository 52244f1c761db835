import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { itWithShared } from '../support/shared-inputs.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { answersOf, type Household } from '../support/households.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

describe('published households, through the API', () => {
  itWithShared('go in and come out equal', 'households/direct-file.json', async (file) => {
    const households = JSON.parse(readFileSync(file, 'utf8')) as Household[];
    const api = service.api('preparer');
    for (const household of households) {
      const answers = answersOf(household);
      const created = await api.post('/api/intakes', { taxYear: 2026, answers });
      expect([created.status, created.body.fields]).toEqual([201, undefined]);
      const read = await api.get(`/api/intakes/${created.body.id}?fields=${EVERYTHING}`);
      expect(read.status).toBe(200);
      expect(read.body.answers).toEqual(answers);
    }
  });
});

const EVERYTHING = [
  ...['taxpayer', 'spouse', 'household', 'contact', 'address', 'situation', 'bank'],
  ...['taxpayer', 'spouse', 'household'].flatMap((group) => [`${group}.taxpayerId`, `${group}.identityProtectionPin`]),
].join(',');
