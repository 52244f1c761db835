import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loggedResults } from '../../../src/audit/verify/logged-results.js';
import { logFixture, type LogFixture } from '../log-fixture.js';

describe('what the log says of verifications', () => {
  let log: LogFixture;
  beforeAll(async () => (log = await logFixture()));
  afterAll(() => log.databases.close());

  const verified = (...every: readonly Readonly<Record<string, number>>[]) =>
    log.databases.records.acrossSites(async (tx) => {
      for (const counts of every) await log.log.append(tx, { kind: 'log.verified', actor: { system: 'command' }, subject: {}, context: { counts } });
    });
  const newest = async () => {
    const { log: ofLog, sections } = await log.databases.records.acrossSites(loggedResults);
    return [ofLog[0]?.lookedAt, sections[0]?.lookedAt];
  };

  it('is told of each subject, however often the other was verified since', async () => {
    const [log9, sections7] = [{ entries: 9, found: 0, unclear: 0 }, { sections: 7, found: 0 }];
    await verified(sections7, log9, ...Array.from({ length: 120 }, () => sections7), { sections: 8, found: 0 });
    expect(await newest()).toEqual([9, 8]); // waiting for their places
    await log.sequencer.drain();
    expect(await newest()).toEqual([9, 8]);
    await verified(...Array.from({ length: 120 }, () => log9), { entries: 10, found: 0, unclear: 0 });
    await log.sequencer.drain();
    expect(await newest()).toEqual([10, 8]);
  });

  it('is told of sites as of jobs', async () => {
    const [ofSite, ofJobs] = [await log.databases.records.inSite(log.site, loggedResults), await log.databases.records.acrossSites(loggedResults)];
    expect(ofSite).toEqual(ofJobs);
    expect(ofSite.sections.length).toBeGreaterThan(0);
  });
});
