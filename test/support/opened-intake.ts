import { randomUUID } from 'node:crypto';
import type { Answers } from '../../src/catalogue/answers.js';
import type { RetentionClass } from '../../src/catalogue/retention-class.js';
import type { IntakeRow } from '../../src/intake/intake-row.js';
import { openAnswers } from '../../src/intake/open-answers.js';
import { day } from '../../src/platform/clock.js';
import { AccessTicket } from '../../src/vault/access-ticket.js';
import type { Life } from '../../src/vault/life-shares.js';

/** An intake's sections beside both halves of what opens them, in no database. */
export interface LooseIntake {
  readonly siteId: string;
  readonly intakeId: string;
  readonly intakeVersion: number;
  readonly intakeKey: Uint8Array;
  readonly sections: ReadonlyMap<RetentionClass, { readonly share: Uint8Array; readonly bytes: Uint8Array; readonly digest: string }>;
}

/** Opens it as a reading does. @param paths as in `Selection.paths`; absent = everything */
export function openedIntake({ siteId, intakeId, intakeVersion, intakeKey, sections }: LooseIntake, paths?: readonly string[]): Answers {
  const today = day('2027-02-01');
  const row: IntakeRow = {
    ...{ id: intakeId, site_id: siteId, tax_year: 2026, filing_year: 2027, stage: 'open', version: intakeVersion, vault_number: 1 },
    ...{ wrapped_key: new Uint8Array(), created_day: today, touched_day: today, prepared_day: null, accepted_day: null, done_day: null },
    ...{ listed_day: null, erased_day: null, consents_given: false, consents_named: false, destroyed: {}, arrival: 1 },
  };
  const classes = [...sections.keys()];
  const { ticket } = AccessTicket.issue({ siteId, memberId: randomUUID(), intakeIds: [intakeId], classes, use: 'inside-transaction' });
  const lives = [...sections].map(([name, { share }]): [RetentionClass, Life] => {
    const bucket = { id: randomUUID(), siteId, class: name, day: today, key: new Uint8Array(32) };
    return [name, { state: 'alive', dueDay: today, share, bucket, oldestVersion: null, held: false }];
  });
  return openAnswers(
    ticket,
    {
      ...{ row, intakeKey, lives: new Map(lives) },
      sections: new Map([...sections].map(([name, { bytes }]) => [name, bytes])),
      digests: Object.fromEntries([...sections].map(([name, { digest }]) => [name, digest])),
    },
    paths,
  ).reveal();
}
