import type { MigrationInterface, QueryRunner } from 'typeorm';
import { replaceInFunction } from './1798000000048-prune-unreadable-parts.js';

const AS_IT_WAS = `NOT CASE WHEN length(subject)`;
const IF_SHORT = `NOT CASE WHEN octet_length(subject) > 262144 THEN cardinality(spared_intakes) > 0 WHEN length(subject)`;

/**
 * A subject of hundreds of megabytes, in which nothing has room to count anything, made pruning fail like one that is no JSON. It goes as that does. No
 * subject that we wrote is as long.
 */
export class PruneEndlessParts1798000000051 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await replaceInFunction(q, AS_IT_WAS, IF_SHORT);
  }

  async down(q: QueryRunner): Promise<void> {
    await replaceInFunction(q, IF_SHORT, AS_IT_WAS);
  }
}
