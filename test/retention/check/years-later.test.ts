import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Season } from './season.js';

/** The database prunes by its own clock too: all of this is long past. */
const [ENTERED, OVER, SEVEN_YEARS_LATER] = ['2018-01-10', '2018-02-20', '2025-01-10'];

let season: Season;
beforeAll(async () => {
  season = await Season.start(ENTERED);
});
afterAll(() => season.end());

it('a certificate is checked with a log whose first runs have lost their details by age', async () => {
  const kept = await season.intake(await season.on(ENTERED), 2017);
  await season.intake(await season.on(ENTERED), 2017);
  await season.hold({ intakes: [kept], classes: ['identity'] });
  await season.on(OVER);
  await season.run();
  await season.on(SEVEN_YEARS_LATER);
  const runs = [await season.run()];
  const gone = await season.service.databases.recordsOwner(`SELECT kind FROM log_entry e WHERE kind LIKE 'purge.%' AND NOT EXISTS (SELECT FROM log_part p WHERE p.entry_id = e.id)`);
  expect(gone).toHaveLength(2);

  runs.push(await season.run());
  for (const run of runs) {
    const { note } = await season.certificate(run);
    const { said, failure } = season.check(note, { log: await season.export() });
    expect(failure).toBeUndefined();
    expect(said).toMatch(/pruned by age[^]*exactly this was due and not held/);
    expect(said).not.toContain('Earlier runs do not agree');
  }
});

it('but not one of a run that has lost its own', async () => {
  const [{ run }] = (await season.service.databases.recordsOwner('SELECT run_id AS run FROM destruction_certificate c JOIN purge_run r ON r.id = c.run_id ORDER BY r.started_at LIMIT 1')) as [{ run: string }];
  expect(await season.flawOf(run)).toMatch(/^the details of entry \d+ \(purge.intended\) are not there any more$/);
});
