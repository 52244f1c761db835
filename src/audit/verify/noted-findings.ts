import { hash } from 'node:crypto';
import type { RecordsTx } from '../../platform/records-tx.js';
import { canonicalJson } from '../canonical-json.js';
import type { FindingsDigest } from '../entry-parts.js';
import { bounded, filled, MOST_OF } from '../longest-cells.js';
import { safeNumber } from './cells-in-range.js';

/** At a place of the tree, or of an intake. */
export interface NotedFinding {
  readonly kind: string;
  readonly index?: number;
  readonly siteId?: string;
  readonly intakeId?: string;
  /** A retention class, or what stands in the place of one. */
  readonly class?: string;
}

/** What a site sees of them: its own, and those that are of no site. */
export interface StoredFindings {
  /** The first of them; none where they are not what the log says. */
  readonly findings: readonly Omit<NotedFinding, 'siteId'>[];
  /** Left out where the log does not say what was found, but only how much: entries of earlier versions. */
  readonly findingsAsLogged?: boolean;
}

const MOST_NOTED = 1_000;
const MOST_SHOWN = 100;

/** Keeps the first of them. @param tx of a job @returns what the entry in the log has to say of those that are kept: nothing else tells that somebody changed a row */
export async function noteFindings(tx: RecordsTx, verificationId: string, findings: readonly NotedFinding[]): Promise<readonly FindingsDigest[]> {
  const noted = findings.slice(0, MOST_NOTED).map(asNoted);
  await tx.query(
    `INSERT INTO verification_finding (verification_id, number, kind, entry_index, site_id, intake_id, class)
     SELECT $1, n, kind, entry_index, site_id, intake_id, class
     FROM unnest($2::text[], $3::bigint[], $4::uuid[], $5::uuid[], $6::text[]) WITH ORDINALITY AS f (kind, entry_index, site_id, intake_id, class, n)`,
    [verificationId, ...(['kind', 'index', 'siteId', 'intakeId', 'class'] as const).map((name) => noted.map((finding) => finding[name] ?? null))],
  );
  return digestsOf(noted);
}

/** One more than there can be is enough to tell that rows were added. */
const STORED = `
  SELECT ${filled('kind', 'word')} AS kind, ${safeNumber('entry_index')}, site_id, intake_id, ${bounded('class', 'word')} AS class
  FROM verification_finding WHERE verification_id = $1 ORDER BY number LIMIT ${MOST_NOTED + 1}`;

/** @param tx of that site @param logged what the verification's entry says of its findings, of whatever site; undefined where it says nothing of them */
export async function storedFindings(tx: RecordsTx, siteId: string, verificationId: string, logged: readonly FindingsDigest[] | undefined): Promise<StoredFindings> {
  const rows = await tx.query<{ kind: string; entry_index: number | null; site_id: string | null; intake_id: string | null; class: string | null }>(STORED, [verificationId]);
  const stored = rows.map(({ kind, entry_index: index, site_id, intake_id, class: name }) => asNoted({ kind, index, siteId: site_id, intakeId: intake_id, class: name }));
  const findings = stored.slice(0, MOST_SHOWN).map(withoutSite);
  if (logged === undefined) return { findings };
  const visible = logged.filter(({ site = siteId }) => site === siteId);
  const findingsAsLogged = canonicalJson(digestsOf(stored)) === canonicalJson(visible);
  return { findings: findingsAsLogged ? findings : [], findingsAsLogged };
}

/** Of each list SHA-256 of its RFC 8785 JSON: docs/formats.md, "Entries about looking at the log". What is of no site comes first, and then one site after the other. */
export function digestsOf(findings: readonly NotedFinding[]): readonly FindingsDigest[] {
  const lists = new Map<string, Omit<NotedFinding, 'siteId'>[]>();
  for (const finding of findings) {
    const { siteId = '' } = finding;
    const list = lists.get(siteId) ?? [];
    lists.set(siteId, list);
    list.push(withoutSite(finding));
  }
  const sites = [...lists.keys()].sort();
  return sites.map((site) => ({ ...(site === '' ? {} : { site }), digest: hash('sha256', canonicalJson(lists.get(site)), 'hex') }));
}

type Cells = { readonly [K in keyof NotedFinding]-?: K extends 'kind' ? string : NotedFinding[K] | null };

/** As a row has it and gives it back: without what there is none of, and nothing in the place of a word that is longer than any, which a row of a section can have. */
function asNoted({ kind, index, siteId, intakeId, class: name }: NotedFinding | Cells): NotedFinding {
  return {
    kind: word(kind),
    ...(typeof index === 'number' ? { index } : {}),
    ...(typeof siteId === 'string' ? { siteId } : {}),
    ...(typeof intakeId === 'string' ? { intakeId } : {}),
    ...(typeof name === 'string' ? { class: word(name) } : {}),
  };
}

function word(text: string): string {
  return Buffer.byteLength(text) > MOST_OF.word ? '' : text;
}

function withoutSite({ siteId: _, ...finding }: NotedFinding): Omit<NotedFinding, 'siteId'> {
  return finding;
}
