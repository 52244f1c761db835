import { randomUUID } from 'node:crypto';
import { Approvals } from '../../src/access/approvals/approvals.js';
import { InviteMember } from '../../src/access/invite-member.js';
import type { FreshInvitation } from '../../src/access/invitation-row.js';
import type { Role, SiteMember } from '../../src/access/signed-in.js';
import { AccessWorld, type Person } from './access-world.js';

export const REASON = 'Two weeks of leave in March; somebody has to start the runs.';

interface Planted {
  readonly role?: Role;
  /** null: of the whole organisation */
  readonly siteId?: string | null;
  readonly invitedBy?: string | null;
  /** How the invitation of an administrator ended: `expired` lets in whom nobody declined. */
  readonly joined?: 'approved' | 'expired';
  readonly status?: 'active' | 'disabled';
}

/** Members by the dozen, as rows: who may decide what follows from the rows, and a password each would take seconds. */
export class ApprovalsWorld {
  private constructor(
    readonly world: AccessWorld,
    readonly root: Person,
    readonly siteId: string,
  ) {}

  static async start(): Promise<ApprovalsWorld> {
    const world = await AccessWorld.start();
    const root = await world.setUp();
    return new ApprovalsWorld(world, root, (await world.who(root)).siteId);
  }

  /** At the first site unless it says otherwise. */
  async member({ role = 'administrator', siteId = this.siteId, invitedBy = null, joined = 'approved', status = 'active' }: Planted = {}): Promise<SiteMember> {
    const id = randomUUID();
    const approvalId = role === 'administrator' && invitedBy !== null ? await this.decided(siteId, invitedBy, joined) : null;
    await this.world.databases.recordsOwner(
      `INSERT INTO member (id, site_id, role, name, email, status, public_key, password_salt, password_half, wrapped_secret_key, invited_by, approval_id, created_day)
       SELECT $1, $2, $3, $4, $5, $6, public_key, password_salt, password_half, wrapped_secret_key, $7, $9, created_day FROM member WHERE id = $8`,
      [id, siteId, role, `Member ${id.slice(0, 4)}`, `${id}@example.org`, status, invitedBy, this.root.id, approvalId],
    );
    return this.at(siteId ?? this.siteId, { id, role, organisationWide: siteId === null });
  }

  private async decided(siteId: string | null, by: string, state: 'approved' | 'expired'): Promise<string> {
    const id = randomUUID();
    await this.world.databases.recordsOwner(
      `INSERT INTO approval (id, site_id, kind, subject, reason, requested_by, requested_at, expires_at, state, decided_by, decided_at)
       VALUES ($1, $2, 'administrator.invited', '{}', $3, $4, now(), now(), $5, $6, now())`,
      [id, siteId, REASON, by, state, state === 'approved' ? this.root.id : null],
    );
    return id;
  }

  async site(name: string): Promise<string> {
    const id = randomUUID();
    await this.world.databases.recordsOwner(`INSERT INTO site (id, name, time_zone, created_day) VALUES ($1, $2, 'America/Denver', '2027-01-01')`, [id, name]);
    return id;
  }

  /** Somebody at work at a site, with a session that opens nothing. */
  at(siteId: string, { id, role, organisationWide }: { id: string; role: Role; organisationWide: boolean }): SiteMember {
    const sealedKey = { halfId: randomUUID(), bytes: new Uint8Array(0), publicKey: new Uint8Array(32) };
    const session = { sessionId: randomUUID(), token: new Uint8Array(32), sealedKey, grants: [] };
    return { ...session, memberId: id, siteId, organisationWide, role, name: 'Somebody', language: 'en', timeZone: 'America/Denver', formerTimeZones: [] };
  }

  /** An administrator invited by `who`, and so a request for an approval. */
  async invite(who: SiteMember, organisationWide = false): Promise<FreshInvitation & { readonly email: string; readonly approvalId: string }> {
    const email = `${randomUUID()}@example.org`;
    const made = await this.world.get(InviteMember).run(who, { name: 'Nia', email, role: 'administrator', organisationWide, reason: REASON });
    return { ...made, email, approvalId: made.approval!.id };
  }

  get approvals(): Approvals {
    return this.world.get(Approvals);
  }

  async state(approvalId: string): Promise<string> {
    const [row] = await this.world.databases.recordsOwner<{ state: string }>('SELECT state FROM approval WHERE id = $1', [approvalId]);
    return row!.state;
  }

  async entriesOf(approvalId: string): Promise<string[]> {
    const rows = await this.world.databases.recordsOwner<{ kind: string }>(
      `SELECT e.kind FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE p.context::jsonb ->> 'approval' = $1 ORDER BY e.id`,
      [approvalId],
    );
    return rows.map(({ kind }) => kind);
  }

  stop(): Promise<void> {
    return this.world.stop();
  }
}
