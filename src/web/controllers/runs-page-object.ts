import type { Site } from '../../access/site.js';
import type { Day } from '../../platform/clock.js';
import type { Certificate } from '../../retention/certificate.js';
import type { IssuedCertificate } from '../../retention/destruction-certificates.js';
import type { DueNow } from '../../retention/due-counts.js';
import type { PurgeRun } from '../../retention/purge-run.js';
import type { FormProblem } from '../form/form-values.js';
import type { CertificatePage } from '../pages/certificate-page.js';
import type { RunProgressPage } from '../pages/run-progress-page.js';
import type { RunsPage } from '../pages/runs-page.js';
import type { LocalPath } from '../shell/local-path.js';

export function runPath(id: string): LocalPath {
  return `/runs/${id}`;
}

export function runsPageObject(due: DueNow, runs: readonly PurgeRun[], mayRun: boolean, problems: readonly FormProblem[]): RunsPage {
  return {
    asOf: due.runDay,
    due: due.classes,
    mayRun,
    dateInDoubt: due.doubt !== undefined,
    problems,
    runs: runs.map((run) => ({ path: runPath(run.id), startedAt: run.startedAt, state: run.state, ...certificateOf(run) })),
  };
}

export function progressPageObject(run: PurgeRun): RunProgressPage {
  const { state, step, done, total } = run;
  return { state, step, done, total, ...certificateOf(run) };
}

/** It is there before the sweep begins, whatever becomes of the sweep. */
function certificateOf({ id, step }: PurgeRun): { readonly certificate?: LocalPath } {
  return step === 'sweep' || step === 'finished' ? { certificate: `${runPath(id)}/certificate` } : {};
}

/** @param siteId whose day is shown, where there is one */
export function certificatePageObject({ runId, body, note }: IssuedCertificate, sites: readonly Site[], siteId: string | null): CertificatePage {
  const certificate = JSON.parse(body) as Certificate; // written by us, and kept as it was signed
  return {
    id: runId,
    day: dayOf(certificate, siteId),
    finishedAt: new Date(certificate.at),
    policyVersion: certificate.policyVersion,
    logIndex: certificate.log.finished,
    destroyed: certificate.buckets.map((bucket) => ({
      siteName: sites.find(({ id }) => id === bucket.site)?.name ?? bucket.site,
      class: bucket.class,
      due: bucket.day,
      keys: bucket.shares,
    })),
    holdsInForce: certificate.holdsInForce,
    signedText: note,
    download: `${runPath(runId)}/certificate.txt`,
  };
}

/** Of a service without sites, the day of the signature. */
function dayOf({ days, at }: Certificate, siteId: string | null): Day {
  return days[siteId ?? ''] ?? Object.values(days)[0] ?? (at.slice(0, 10) as Day);
}
