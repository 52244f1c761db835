import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import type { AskedRelease, RestoredRecords } from '../../vault/restored/restored-records.js';
import { lockStanding } from '../approvals/who-decides.js';
import { isAllowed } from '../permissions.js';

/** What one administrator may do about the release of restored records. */
export const RELEASE_STEPS = ['ask', 'release', 'decline', 'withdraw'] as const;
export type ReleaseStep = (typeof RELEASE_STEPS)[number];

/** A day: whoever asks and finds nobody asks again. */
const ASKED_FOR_MS = 24 * 3_600_000;

export function lapsesAt({ at }: AskedRelease): Date {
  return new Date(at.getTime() + ASKED_FOR_MS);
}

/** The request, while it counts: for a day, and as long as whoever asked may still ask. */
export async function standingRequest(tx: RecordsTx, { asked }: RestoredRecords, now: Date): Promise<AskedRelease | undefined> {
  if (!asked || now >= lapsesAt(asked)) return undefined;
  return (await mayRelease(tx, asked.by)) ? asked : undefined;
}

/** The steps open to somebody. Who may release what another one has asked for follows the rule of all that takes two: `stepsOf`. */
export async function releaseStepsOf(tx: RecordsTx, memberId: string, asked: AskedRelease | undefined): Promise<readonly ReleaseStep[]> {
  if (!(await mayRelease(tx, memberId))) return [];
  if (!asked) return ['ask'];
  if (asked.by === memberId) return ['withdraw'];
  const [line] = await tx.query<{ depends: boolean }>('SELECT depends_on($1, $2) AS depends', [memberId, asked.by]);
  return line!.depends ? ['decline'] : ['release', 'decline'];
}

/** @throws Refusal FORBIDDEN, ALREADY_DONE, APPROVAL_CLOSED, APPROVER_NOT_INDEPENDENT */
export function checkReleaseStep(open: readonly ReleaseStep[], step: ReleaseStep): void {
  if (open.includes(step)) return;
  if (open.length === 0) throw new Refusal('FORBIDDEN', 'This is not yours to decide.');
  if (step === 'ask') throw new Refusal('ALREADY_DONE', 'The release has been asked for, and waits for a decision.');
  if (open.includes('ask')) throw new Refusal('APPROVAL_CLOSED', 'Nobody asks for the release now: the request was declined, taken back, or has lapsed.');
  if (step === 'withdraw') throw new Refusal('FORBIDDEN', 'Somebody else has asked for this.');
  throw new Refusal('APPROVER_NOT_INDEPENDENT', 'Whoever asked cannot decide it, nor whoever they invited, nor who counts as one person with them: it takes somebody else.');
}

async function mayRelease(tx: RecordsTx, memberId: string): Promise<boolean> {
  const member = await lockStanding(tx, memberId);
  return member !== undefined && isAllowed(member, 'restore.release');
}
