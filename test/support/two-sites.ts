import { randomUUID } from 'node:crypto';
import { AccessLog } from '../../src/audit/append-entry.js';
import { insertInvitation } from '../../src/access/invitation-row.js';
import { Join } from '../../src/access/join.js';
import { newToken } from '../../src/crypto/secret-token.js';
import { signInAll, type SignedInMember } from '../../src/demo/members.js';
import type { TestService } from './test-service.js';

/** A second site of the organisation, with a preparer who made its vault key. */
export async function secondSite({ app, databases }: TestService): Promise<SignedInMember> {
  const siteId = randomUUID();
  await databases.recordsOwner(
    `INSERT INTO site (id, name, time_zone, created_day, collect_credentials) VALUES ($1, 'Elsewhere', 'America/New_York', '2027-01-05', true)`,
    [siteId],
  );
  const entry = { kind: 'site.created', actor: { system: 'set-up' }, subject: { site: siteId }, context: { rules: { timeZone: 'America/New_York' } } } as const;
  await databases.records.acrossSites((tx) => app.get(AccessLog).append(tx, entry));
  const [administrator] = await databases.recordsOwner<{ id: string }>(`SELECT id FROM member WHERE role = 'administrator' LIMIT 1`);
  const person = { role: 'preparer' as const, name: 'Wanda', email: 'wanda@example.org', password: newToken() };
  const expiresAt = new Date('2028-01-01');
  const { path } = await databases.records.acrossSites((tx) => insertInvitation(tx, { ...person, siteId, invitedBy: administrator!.id, expiresAt }));
  await app.get(Join).run({ token: new URL(path, 'http://localhost').searchParams.get('token')!, password: person.password });
  return (await signInAll(app, [person]))[0]!;
}
