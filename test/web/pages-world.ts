import type { Role } from '../../src/access/signed-in.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { WebVisitor } from '../support/web-visitor.js';

/** A made-up household with two children, each with a number. */
export const ANSWERS = {
  taxpayer: { firstName: 'Ines', lastName: 'Ferreira', dateOfBirth: '1990-01-02', taxpayerId: '400-00-5555' },
  household: [
    { firstName: 'Rui', lastName: 'Ferreira', dateOfBirth: '2015-05-05', relationship: 'child', taxpayerId: '400-00-5556' },
    { firstName: 'Lia', lastName: 'Ferreira', dateOfBirth: '2018-08-08', relationship: 'child', taxpayerId: '400-00-5557' },
  ],
  contact: { phone: '2025550155' },
  situation: { maritalStatus: 'single' },
};

/** A service with pages to visit, and the API to look behind them. */
export interface PagesWorld {
  readonly service: TestService;
  /** A window of somebody who is signed in in this role; without one, of nobody. */
  as(role?: Role): WebVisitor;
  /** Starts an intake through the API. @returns the path of its pages */
  started(answers?: object): Promise<string>;
  /** What is stored now, numbers only when they are named. */
  stored(path: string, fields?: string): Promise<Readonly<Record<string, unknown>>>;
  /** Somebody else's save, through the API. */
  patch(path: string, version: number, answers: object): Promise<void>;
}

export async function startPagesWorld(): Promise<PagesWorld> {
  const service = await startTestService();
  const preparer = service.api('preparer');
  return {
    service,
    as: (role) => new WebVisitor(service.url, service.members.find((member) => member.role === role)?.token),
    started: async (answers = ANSWERS) => `/intakes/${(await preparer.post('/api/intakes', { taxYear: 2026, answers })).body.id}`,
    stored: async (path, fields = 'taxpayer,household,contact,situation') => (await preparer.get(`/api${path}?fields=${fields}`)).body.answers,
    patch: async (path, version, answers) => {
      const { status } = await preparer.patch(`/api${path}`, { version, answers });
      if (status !== 200) throw new Error(`the other save answered ${status}`);
    },
  };
}
