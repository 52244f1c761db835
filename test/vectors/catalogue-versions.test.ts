import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Answers } from '../../src/catalogue/answers.js';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { RETENTION_CLASSES, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { openedIntake } from '../support/opened-intake.js';

interface Vectors {
  /** `path:width` of each cell, in its order. */
  readonly layout: Readonly<Record<RetentionClass, readonly string[]>>;
  readonly answers: Answers;
  readonly sealed: {
    readonly siteId: string;
    readonly intakeId: string;
    readonly intakeVersion: number;
    readonly intakeKey: string;
    readonly sections: Readonly<Record<RetentionClass, { readonly share: string; readonly digest: string; readonly section: string }>>;
  };
}

/** Known answers of each catalogue version, made by the build whose newest it was, then frozen. */
const VERSIONS = [1, 2].map((version) => [version, JSON.parse(readFileSync(new URL(`catalogue-v${version}.json`, import.meta.url), 'utf8')) as Vectors] as const);

describe.each(VERSIONS)('catalogue version %i', (version, { layout, answers, sealed: { siteId, intakeId, intakeVersion, intakeKey, sections } }) => {
  const intake = {
    ...{ siteId, intakeId, intakeVersion, intakeKey: Buffer.from(intakeKey, 'hex') },
    sections: new Map(RETENTION_CLASSES.map((name) => {
      const { share, digest, section } = sections[name];
      return [name, { share: Buffer.from(share, 'hex'), digest, bytes: Buffer.from(section, 'base64') }];
    })),
  };

  it('has the cells that it was given, as wide and in their order', () => {
    for (const name of RETENTION_CLASSES) expect(catalogue.cells(name, version).map(({ path, width }) => `${path}:${width}`)).toEqual(layout[name]);
  });

  it('is what the sections say that were sealed under it', () => {
    for (const { bytes } of intake.sections.values()) expect(bytes.readUInt16BE(37)).toBe(version);
  });

  it('opens to the answers that were sealed', () => {
    expect(openedIntake(intake)).toEqual(answers);
  });

  it('opens field by field to the same', () => {
    const opened = catalogue.fields.map(({ path }) => [path, openedIntake(intake, [path])] as const);
    for (const [path, { household, ...groups }] of opened) {
      const [group, name] = path.split('.') as [keyof Answers, string];
      if (group === 'household') {
        const people = (answers.household ?? []).map((person) => person[name as keyof typeof person]);
        expect([path, people.map((_, at) => household?.[at]?.[name as keyof object])]).toEqual([path, people]);
      } else {
        const value = (answers[group] as Readonly<Record<string, unknown>> | undefined)?.[name];
        expect([path, groups]).toEqual([path, value === undefined ? {} : { [group]: { [name]: value } }]);
      }
    }
  });
});
