import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ENTRY_TERMS } from '../../../src/audit/verify/entry-terms.js';
import { SURELY_FILED } from '../../../src/audit/verify/surely-filed.js';
import { logFixture, reading, writing, type LogFixture } from '../log-fixture.js';

let fixture: LogFixture;
beforeAll(async () => (fixture = await logFixture()));
afterAll(() => fixture.databases.close());

const [ANN, BEN, ONE, OTHER] = Array.from({ length: 4 }, () => randomUUID()) as [string, string, string, string];

const ACTORS = [`{"member":"${ANN}","role":"preparer"}`, `{"member":"${ANN}`, `{"member":"${ANN.toUpperCase()}"}`, `{"member":"nobody of this name, at all, anywhere"}`, '{"system":"run"}', `{"role":"x","member":"${ANN}"}`, ''];
const CONTEXTS = [
  ...['{}', '', '{"purpose":"print"}', '{"purpose":"print","ticket":"x"}', '{"counts":{"a":1},"purpose":"print"}', '{"purpose":""}', '{"purpose":"pri"}', 'x"purpose":"print"'],
  ...['{"purpose":"list","purpose":"print"}', '{"purpose":"print","x":"purpose\\":\\"list"}'],
];
const SUBJECTS = [
  ...['{}', '', '{"classes":["a"]}', '{"classes":["a"],"fields":["b"]}', '{"classes":["a"],"fields":["b"]', '{"classes":["a"],"intakes":["b"]}', '{"classes":[]}', '{"classes":["a","b"],"fields":["b","c"],"site":"x"}'],
  ...['{"approval":"x","classes":["a"],"fields":["b"]}', '{"classes":["a]"],"fields":["b"]}', '{"classes":["a"],"classes":["b"]}', '{"classes":["a"],"x":["y"],"fields":["b"]}'],
  ...[`{"intakes":["${ONE}"]}`, `{"intakes":["${ONE}","${OTHER}"]}`, `{"intakes":["${ONE}","x"]}`, `{"classes":["a"],"intakes":["${ONE}","${OTHER}"]}`, `{"intakes":["x"],"intakes":["${ONE}","${OTHER}"]}`, '{"intakes":[]}'],
];
const NAMED = ['"a"', '"a","fields":["b"', '"a","b","fields":["b","c"', '', '"a', '"b"', '"a","intakes":["b"'];

const uuids = (values: readonly string[]) => `(SELECT unnest('{${values.join(',')}}'::uuid[]) UNION ALL SELECT NULL)`;

/** The filters that anybody could have put beside an entry, but for what its own columns say. */
const FILTERS = `
  (SELECT member FROM ${uuids([ANN, BEN])} AS m (member)) AS m
  CROSS JOIN unnest(ARRAY[NULL, '', 'print', 'list', 'pri', 'print","ticket":"x', 'x']) AS purpose
  CROSS JOIN (SELECT md5(said)::uuid AS named FROM unnest($1::text[]) AS said UNION ALL SELECT NULL) AS n
  CROSS JOIN (VALUES (NULL::uuid[]), (ARRAY['${ONE}', '${OTHER}']::uuid[])) AS s (several)`;

it('is said of no entry that is filed by anything else than it says, whatever it says', async () => {
  const { recordsOwner } = fixture.databases;
  const site = randomUUID();
  await recordsOwner(
    `WITH said AS (SELECT row_number() OVER () AS n, * FROM unnest($2::text[]) AS actor CROSS JOIN unnest($3::text[]) AS context CROSS JOIN unnest($4::text[]) AS subject),
     entry AS (INSERT INTO log_entry (id, site_id, kind, at, epoch, counter, leaf) OVERRIDING SYSTEM VALUE SELECT 10000 + n, $1, 'answers.read', now(), gen_random_uuid(), n, '{}' FROM said)
     INSERT INTO log_part (entry_id, site_id, actor, actor_salt, subject, subject_salt, context, context_salt) SELECT 10000 + n, $1, actor, '', subject, '', context, '' FROM said`,
    [site, ACTORS, CONTEXTS, SUBJECTS],
  );
  await recordsOwner(`INSERT INTO log_entry (id, site_id, kind, at, epoch, counter, leaf) OVERRIDING SYSTEM VALUE SELECT 10000, $1, 'answers.read', now(), gen_random_uuid(), 1, '{}'`, [site]);
  const [counted] = await recordsOwner<{ sure: number; right: number; wrong: number }>(
    `SELECT count(*) FILTER (WHERE surely)::int AS sure, count(*) FILTER (WHERE same)::int AS right, count(*) FILTER (WHERE surely AND NOT same)::int AS wrong FROM (
       SELECT ${SURELY_FILED} AS surely, (f.member, f.purpose, f.named, f.several) IS NOT DISTINCT FROM (t.member, t.purpose, t.named, t.several) AS same
       FROM log_entry e LEFT JOIN log_part p ON p.entry_id = e.id JOIN log_entry_terms t ON t.entry_id = e.id
       CROSS JOIN LATERAL (SELECT e.site_id, e.at, e.kind, e.intake_id, member, purpose, named, several FROM ${FILTERS}) AS f WHERE e.site_id = $2) AS looked`,
    [NAMED, site],
  );
  expect(counted).toMatchObject({ wrong: 0 });
  expect(counted!.sure).toBeGreaterThan(100);
  expect(counted!.right).toBeGreaterThan(counted!.sure);
});

it('is said of what readings and writings are filed by, and of no other site, time, kind or intake', async () => {
  const { databases, site, log, sequencer, write } = fixture;
  await write(2);
  await databases.records.inSite(site, (tx) => log.append(tx, writing(site, ONE, 'ab'.repeat(32))));
  await databases.records.inSite(site, (tx) => log.append(tx, reading(site, OTHER)));
  await sequencer.drain();
  const sure = async () =>
    (await databases.recordsOwner<{ sure: boolean }>(`SELECT ${SURELY_FILED} AS sure FROM log_entry e JOIN log_part p ON p.entry_id = e.id LEFT JOIN log_filter f ON f.entry_id = e.id WHERE e.site_id = $1`, [site])).map((row) => row.sure);
  expect(await sure()).toEqual([true, true, true, true]);
  for (const [column, other] of [['site_id', 'gen_random_uuid()'], ['at', `at + interval '1 microsecond'`], ['kind', `kind || '.'`], ['intake_id', 'gen_random_uuid()']]) {
    await databases.recordsOwner(`CREATE TABLE untouched AS TABLE log_filter`);
    await databases.recordsOwner(`UPDATE log_filter SET ${column} = ${other}`);
    expect([column, await sure()]).toEqual([column, [false, false, false, false]]);
    await databases.recordsOwner(`TRUNCATE log_filter; INSERT INTO log_filter TABLE untouched; DROP TABLE untouched`);
  }
  await databases.recordsOwner('DELETE FROM log_filter');
  expect(await sure()).toEqual([false, false, false, false]);
});

it('is decided, where it is not sure, by what entries are filed by, once more', async () => {
  const { recordsOwner } = fixture.databases;
  await recordsOwner(`CREATE VIEW once_more AS ${ENTRY_TERMS}`);
  const [views] = await recordsOwner(`SELECT pg_get_viewdef('once_more'::regclass) AS ours, pg_get_viewdef('log_entry_terms'::regclass) AS theirs`);
  expect(views!['ours']).toBe(views!['theirs']);
});
