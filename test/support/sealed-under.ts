import type { INestApplicationContext } from '@nestjs/common';
import { UnlockVault } from '../../src/access/unlock-vault.js';
import { AccessTickets } from '../../src/access/tickets.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import { siteDay } from '../../src/access/site-day.js';
import { factsForLog } from '../../src/audit/intake-facts.js';
import type { Answers } from '../../src/catalogue/answers.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { answerAt, encodeCells } from '../../src/catalogue/cell-codec.js';
import { RETENTION_CLASSES, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { wipe } from '../../src/crypto/bytes.js';
import { factsOf } from '../../src/intake/intake-row.js';
import { IntakeStores } from '../../src/intake/intake-stores.js';
import { openAnswers } from '../../src/intake/open-answers.js';
import { recordChange } from '../../src/intake/record-intake.js';
import { digestsOf } from '../../src/intake/seal-answers.js';
import { storedIntake } from '../../src/intake/stored-intake.js';
import { livingShares } from '../../src/vault/life-shares.js';
import { sealClass, type ClassKeys, type ClassPlace, type SealedClass } from '../../src/vault/sealed-class.js';
import { unwrapIntakeKey } from '../../src/vault/vault-wraps.js';

/** A section as a build whose newest catalogue version was this one has sealed it. */
export function sealedUnder(keys: ClassKeys, place: ClassPlace, answers: Answers): SealedClass {
  const cells = catalogue.cells(place.class, place.catalogueVersion);
  return sealClass(keys, place, encodeCells(cells.map(({ field }) => field), cells.map((cell) => answerAt(answers, cell))));
}

/**
 * Seals all living classes of a stored intake again, as a save by such a build had left them: with its own entry, digests and
 * intake version; what the key store knows of it stays true.
 * @param changed what it would have written
 */
export async function sealAgainUnder(
  app: INestApplicationContext,
  who: SiteMember,
  id: string,
  catalogueVersion: number,
  changed: (answers: Answers) => Answers = (answers) => answers,
): Promise<void> {
  const stores = app.get(IntakeStores);
  const asked = { siteId: who.siteId, intakeIds: [id], classes: RETENTION_CLASSES, today: siteDay(who, stores.clock.now()) };
  await app.get(UnlockVault).withVaultAndLife(who, asked, async (vault, all) => {
    const lives = all.get(id)!;
    await stores.records.inSiteAtIntake(who.siteId, id, async (tx) => {
      const stored = await storedIntake(tx, id, RETENTION_CLASSES);
      const { row } = stored;
      const intakeKey = unwrapIntakeKey(vault, id, row.wrapped_key);
      const answers = changed(openAnswers(app.get(AccessTickets).forWriting(tx, who, id), { ...stored, intakeKey, lives }).reveal());
      const sealed = new Map<RetentionClass, SealedClass>();
      for (const [name, share] of livingShares(lives)) {
        const place = { siteId: who.siteId, intakeId: id, class: name, catalogueVersion, intakeVersion: row.version };
        sealed.set(name, sealedUnder({ intakeKey, share }, place, answers));
      }
      wipe(intakeKey);
      await recordChange(tx, stores.log, row, sealed, {
        kind: 'answers.written',
        actor: { member: who.memberId, role: who.role },
        subject: { site: who.siteId, intake: id, classes: [...sealed.keys()] },
        context: { version: row.version, facts: factsForLog(factsOf(row)), digests: digestsOf(sealed) },
      });
    });
  });
}
