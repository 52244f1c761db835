import { accountEndFor, NO_SEASON_END, SEASON_ENDS, type SeasonEnds } from '../access/season-end.js';
import type { Role } from '../access/signed-in.js';
import type { AccessLog } from '../audit/append-entry.js';
import { addDays, type Day } from '../platform/clock.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import { holdsInForce } from '../vault/holds.js';
import { lockHolds } from '../vault/hold-lock.js';
import type { KeyStore } from '../vault/key-store.js';
import type { SiteDay } from './plan-run.js';

/** So long after it has run out an invitation goes: it only says who was meant. */
const INVITATION_DAYS = 30;

interface Leaver extends SeasonEnds {
  readonly id: string;
  /** null: of the whole organization */
  readonly siteId: string | null;
  readonly role: Role;
  readonly leftDay: Day;
}

const LEAVERS = `
  SELECT m.id, m.site_id AS "siteId", m.role, m.disabled_day AS "leftDay", ${SEASON_ENDS}
  FROM member m LEFT JOIN site s ON s.id = m.site_id WHERE m.disabled_day IS NOT NULL AND m.forgotten_day IS NULL ORDER BY m.id FOR UPDATE OF m`;

/**
 * Erases what is over by its age of the people who work here: name, address and language of those who left, at the end of the season after
 * the one in which they did, each with an entry; and invitations that have run out. The rest of a member's row stays: grants, approvals
 * and the log name it by its id. Where a legal hold is in force at a site all of it stays there, and under any hold that of the whole organization.
 * @param days what day it is at every site
 */
export async function forgetLeavers(records: RecordsDatabase, keyStore: KeyStore, log: AccessLog, days: readonly SiteDay[]): Promise<void> {
  await records.acrossSites(async (tx) => {
    // A hold that is being placed is either seen here, or comes when this is done.
    await lockHolds(tx);
    const free = await daysWithoutHold(keyStore, days);
    const over = (await tx.query<Leaver>(LEAVERS)).filter((leaver) => isOver(leaver, free.get(leaver.siteId)));
    for (const { id, siteId } of over) {
      await tx.query(`UPDATE member SET name = '', email = '', language = DEFAULT, forgotten_day = $2 WHERE id = $1`, [id, free.get(siteId)]);
    }
    const subjectOf = ({ id, siteId, role }: Leaver) => ({ ...(siteId === null ? {} : { site: siteId }), member: id, role });
    await log.appendAll(tx, over.map((leaver) => ({ kind: 'member.forgotten', actor: { system: 'run' }, subject: subjectOf(leaver), context: {} })));
    for (const [siteId, today] of free) {
      await tx.query('DELETE FROM invitation WHERE site_id IS NOT DISTINCT FROM $1 AND expires_at < $2::date', [siteId, addDays(today, -INVITATION_DAYS)]);
    }
  });
}

/** The day at each site at which no hold is in force; under `null`, where there is no hold at all, the earliest: that of the organization. */
async function daysWithoutHold({ database }: KeyStore, days: readonly SiteDay[]): Promise<ReadonlyMap<string | null, Day>> {
  const holds = await database.transaction(holdsInForce);
  const free = days.filter(({ siteId }) => holds.every(({ scope }) => scope.site !== undefined && scope.site !== siteId));
  const earliest = days.map(({ today }) => today).sort()[0];
  return new Map<string | null, Day>([...free.map(({ siteId, today }) => [siteId, today] as const), ...(holds.length === 0 && earliest ? [[null, earliest] as const] : [])]);
}

function isOver({ siteId, leftDay, ...ends }: Leaver, today: Day | undefined): boolean {
  return today !== undefined && accountEndFor(siteId === null ? NO_SEASON_END : ends, leftDay) <= today;
}
