import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Answers } from '../../src/catalogue/answers.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { RETENTION_CLASSES, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { totalWidth } from '../../src/crypto/padded-cells.js';
import { randomBytes } from '../../src/crypto/random.js';
import { sectionOverhead } from '../../src/crypto/section-cipher.js';
import { Refusal } from '../../src/platform/refusal.js';
import { sectionDigest } from '../../src/vault/sealed-class.js';
import { answers, keptAnswers } from '../catalogue/answer-arbitraries.js';
import { openedIntake, type LooseIntake } from '../support/opened-intake.js';
import { sealedUnder } from '../support/sealed-under.js';

const CONSENTS: Answers = { consents: { form15080GivenOn: '2027-02-01', givenBy: 'Ana Ruiz', spouseGivenBy: 'Luis Ruiz' } };
const { givenBy: _givenBy, spouseGivenBy: _spouseGivenBy, ...BEFORE } = CONSENTS.consents!;

function sealed(given: Answers, version: number): LooseIntake {
  const [siteId, intakeId, intakeKey] = [randomUUID(), randomUUID(), randomBytes(32)];
  const sections = RETENTION_CLASSES.map((name) => {
    const share = randomBytes(32);
    const place = { siteId, intakeId, class: name, catalogueVersion: version, intakeVersion: 4 };
    return [name, { share, ...sealedUnder({ intakeKey, share }, place, given) }] as const;
  });
  return { siteId, intakeId, intakeVersion: 4, intakeKey, sections: new Map(sections) };
}

/** With other bytes in the place of its consents, and a digest of them where nothing else is said. */
function withConsents(intake: LooseIntake, change: (bytes: Uint8Array) => Uint8Array, digest?: string): LooseIntake {
  const section = intake.sections.get('consents')!;
  const bytes = change(section.bytes.slice());
  return { ...intake, sections: new Map([...intake.sections, ['consents', { ...section, bytes, digest: digest ?? sectionDigest(bytes) }]]) };
}

function claiming(version: number): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => {
    [bytes[37], bytes[38]] = [version >> 8, version & 0xff];
    return bytes;
  };
}

const lengthUnder = (name: RetentionClass, version: number): number => {
  const widths = catalogue.cells(name, version).map(({ width }) => width);
  return sectionOverhead(widths.length) + totalWidth(widths);
};

/** Cut, or lengthened with noise. */
function ofLength(length: number): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => new Uint8Array(Buffer.concat([bytes.subarray(0, length), randomBytes(Math.max(0, length - bytes.length))]));
}

function reasonOf(intake: LooseIntake, paths?: readonly string[]): unknown {
  try {
    openedIntake(intake, paths);
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.details.class, error.details['reason']];
    throw error;
  }
  return 'opened';
}

const refusedWith = (reason: string) => ['SECTION_NOT_AUTHENTIC', 'consents', reason];

describe('answers that were sealed under an earlier version of the catalogue', () => {
  it('open as they are, whatever they are', () => {
    fc.assert(
      fc.property(answers, (given) => {
        expect(openedIntake(sealed(given, 1))).toEqual(given);
      }),
      { numRuns: 30 },
    );
  });

  it('open without what came later, and under the newest with it', () => {
    fc.assert(
      fc.property(keptAnswers, (given) => {
        const { givenBy: _by, spouseGivenBy: _spouseBy, ...before } = given.consents ?? {};
        const { consents: _consents, ...rest } = given;
        expect(openedIntake(sealed(given, 1))).toEqual(Object.keys(before).length === 0 ? rest : { ...rest, consents: before });
        expect(openedIntake(sealed(given, 2))).toEqual(given);
      }),
      { numRuns: 30 },
    );
  });

  it('have nothing of a field that came later, when it is asked for', () => {
    const paths = ['consents.givenBy', 'consents.spouseGivenBy'];
    expect(openedIntake(sealed(CONSENTS, 1), paths)).toEqual({});
    expect(openedIntake(sealed(CONSENTS, 1), [...paths, 'consents.form15080GivenOn'])).toEqual({ consents: BEFORE });
    expect(openedIntake(sealed(CONSENTS, 2), paths)).toEqual({ consents: { givenBy: 'Ana Ruiz', spouseGivenBy: 'Luis Ruiz' } });
  });
});

describe('a section whose version was changed', () => {
  const [older, newer] = [sealed(CONSENTS, 1), sealed(CONSENTS, 2)];
  const [short, long] = [lengthUnder('consents', 1), lengthUnder('consents', 2)];

  it('is not what the log says was written', () => {
    for (const intake of [older, newer]) {
      const { digest } = intake.sections.get('consents')!;
      for (const version of [0, 1, 2, 3, 0xffff]) {
        const changed = withConsents(intake, claiming(version), digest);
        expect(reasonOf(changed)).toEqual(version === (intake === older ? 1 : 2) ? 'opened' : refusedWith('DIGEST_WRONG'));
      }
    }
  });

  it('is refused for its length, the log’s digest moved along', () => {
    expect([older, newer].map(({ sections }) => sections.get('consents')!.bytes.length)).toEqual([short, long]);
    expect(reasonOf(withConsents(older, claiming(2)))).toEqual(refusedWith('LENGTH_WRONG'));
    expect(reasonOf(withConsents(newer, claiming(1)))).toEqual(refusedWith('LENGTH_WRONG'));
  });

  it('is refused for its commitment when it is lengthened or cut to fit', () => {
    expect(reasonOf(withConsents(older, (bytes) => ofLength(long)(claiming(2)(bytes))))).toEqual(refusedWith('COMMITMENT_WRONG'));
    expect(reasonOf(withConsents(newer, (bytes) => ofLength(short)(claiming(1)(bytes))))).toEqual(refusedWith('COMMITMENT_WRONG'));
  });

  it('is refused for its commitment where both versions are equally long', () => {
    const contact = (intake: LooseIntake, version: number): LooseIntake => {
      const section = intake.sections.get('contact')!;
      const bytes = claiming(version)(section.bytes.slice());
      return { ...intake, sections: new Map([['contact', { ...section, bytes, digest: sectionDigest(bytes) }]]) };
    };
    expect(lengthUnder('contact', 1)).toBe(lengthUnder('contact', 2));
    for (const [intake, version] of [[older, 2], [newer, 1]] as const) {
      expect(reasonOf(contact(intake, version))).toEqual(['SECTION_NOT_AUTHENTIC', 'contact', 'COMMITMENT_WRONG']);
    }
  });

  it('is refused for its place when there is no such version, whatever its length', () => {
    for (const intake of [older, newer]) {
      for (const version of [0, 3, 256, 257, 258, 0xffff]) {
        for (const length of [short, long]) expect(reasonOf(withConsents(intake, (bytes) => ofLength(length)(claiming(version)(bytes))))).toEqual(refusedWith('CONTEXT_WRONG'));
      }
    }
  });

  it('is refused as unknown when it is too short to say one', () => {
    for (const length of [0, 37, 38, 39, 106]) expect(reasonOf(withConsents(newer, ofLength(length)))).toEqual(refusedWith('FORMAT_UNKNOWN'));
  });

  it('does not pass for an earlier one, in which there is nothing of what is asked for', () => {
    const paths = ['consents.givenBy'];
    expect(reasonOf(older, paths)).toBe('opened');
    expect(reasonOf(withConsents(newer, claiming(1)), paths)).toEqual(refusedWith('LENGTH_WRONG'));
    expect(reasonOf(withConsents(newer, (bytes) => ofLength(short)(claiming(1)(bytes))), paths)).toEqual(refusedWith('COMMITMENT_WRONG'));
  });
});
