import type { SignedIn } from '../../access/signed-in.js';
import type { Site } from '../../access/site.js';
import { namesKey } from '../../audit/signed-note.js';
import { fingerprint, formatVerifierKey, parseVerifierKey } from '../../audit/verifier-key.js';
import type { RetentionClass } from '../../catalogue/retention-class.js';
import { day, type Day } from '../../platform/clock.js';
import type { Certificate } from '../../retention/certificate.js';
import type { IssuedCertificate } from '../../retention/destruction-certificates.js';
import type { CertificatePage, DestroyedRow } from '../pages/certificate-page.js';
import { runPath } from './runs-page-object.js';

/** The name of the log that it is of. */
export function logOf({ body }: IssuedCertificate): string {
  return certificateIn(body).log.origin;
}

/**
 * What was signed is whole, with random ids for sites: names stand beside a site's own, or all of them for members of the
 * whole organisation.
 * @param vkeys of its log: the one that signed is shown
 */
export function certificatePageObject(
  { runId, body, note }: IssuedCertificate,
  vkeys: readonly string[],
  sites: readonly Site[],
  who: SignedIn,
): CertificatePage {
  const named = new Map(sites.filter(({ id }) => who.organisationWide || id === who.siteId).map(({ id, name }) => [id, name]));
  const certificate = certificateIn(body);
  const { policyVersion, policyEffectiveDay, policyDigest, holdsInForce, heldShares, corrected, moved, counts, master, log } = certificate;
  const key = vkeys.map(parseVerifierKey).find((one) => one !== undefined && namesKey(note, one));
  return {
    id: runId,
    day: dayOf(certificate, who.siteId),
    finishedAt: new Date(certificate.at),
    policy: { version: policyVersion, since: policyEffectiveDay, digest: policyDigest },
    destroyed: destroyedIn(certificate, named),
    unlogged: certificate.buckets.reduce((sum, { unlogged }) => sum + unlogged, 0),
    moved,
    holdsInForce,
    heldShares,
    corrected,
    counts: { before: { ...counts.before.keyStore, ...counts.before.records }, after: { ...counts.after.keyStore, ...counts.after.records } },
    master,
    log: { name: log.origin, intended: log.intended, finished: log.finished },
    ...(key ? { key: { text: formatVerifierKey(key), fingerprint: fingerprint(key) } } : {}),
    signature: note.trimEnd().split('\n').at(-1)!,
    signedText: note,
    download: `${runPath(runId)}/certificate.txt`,
    fileName: `certificate-${runId}.txt`,
  };
}

/** Written by us, and kept as it was signed. */
function certificateIn(body: string): Certificate {
  return JSON.parse(body) as Certificate;
}

/** A row for each site, class and due day, in whichever buckets they lay. */
function destroyedIn({ buckets }: Certificate, named: ReadonlyMap<string, string>): readonly DestroyedRow[] {
  const rows = new Map<string, DestroyedRow>();
  for (const { site, class: name, due } of buckets) {
    for (const [on, keys] of Object.entries(due)) {
      const at = `${on} ${site} ${name}`;
      rows.set(at, rowOf(named.get(site), name, day(on), keys + (rows.get(at)?.keys ?? 0)));
    }
  }
  return [...rows.keys()].sort().map((at) => rows.get(at)!);
}

function rowOf(siteName: string | undefined, name: RetentionClass, due: Day, keys: number): DestroyedRow {
  return { ...(siteName === undefined ? {} : { siteName }), class: name, due, keys };
}

/** Of a service without sites, the day of the signature. */
function dayOf({ days, at }: Certificate, siteId: string): Day {
  return days[siteId] ?? Object.values(days)[0] ?? (at.slice(0, 10) as Day);
}
