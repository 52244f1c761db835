import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { LEAF } from '../audit/longest-cells.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { actorOf } from './actor.js';
import type { SiteMember } from './signed-in.js';

/**
 * Leaves of the whole log, all sites' in the order of the tree: each says the kind and the time of an entry, and nothing of whom it
 * is about. For members of the whole organisation; the reading is an entry that every site sees.
 */
@Injectable()
export class ReadEntryBundle {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
  ) {}

  /**
   * @param first index of the first leaf
   * @param width how many, 256 at most
   * @returns undefined when one of them is not there; nothing was read then, and nothing is logged
   */
  run(who: SiteMember, first: number, width: number): Promise<readonly string[] | undefined> {
    if (!who.organisationWide) throw new Error('a bundle holds entries of every site');
    return this.records.ofOrganisation(who.siteId, async (tx) => {
      const rows = await tx.query<{ leaf: string }>(`SELECT ${LEAF} FROM log_leaves($1, $2) e`, [first, width]);
      if (rows.length < width) return undefined;
      const counts = { entries: rows.length, firstIndex: first };
      await this.log.append(tx, { kind: 'log.read', actor: actorOf(who), subject: {}, context: { counts } });
      return rows.map(({ leaf }) => leaf);
    });
  }
}
