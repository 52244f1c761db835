import { readFileSync } from 'node:fs';
import { canonicalJson } from '../audit/canonical-json.js';
import { ExportNotSigned, LogExport } from '../audit/export/read-export.js';
import { namesKey, parseNote } from '../audit/signed-note.js';
import { fingerprint, formatVerifierKey, parseVerifierKey, sameKey, type VerifierKey } from '../audit/verifier-key.js';
import { openCertificate, type Certificate } from '../retention/certificate.js';
import { sayFinding } from '../retention/check/finding-words.js';
import { verifyWithLog } from '../retention/check/verify-with-log.js';

export interface CheckAsked {
  /** The log's verifier key, as an outsider has kept it. */
  readonly key?: string;
  /** A directory that `export-log` wrote. */
  readonly log?: string;
}

/**
 * Checks a destruction certificate without any database or service, and says what was checked, line by line.
 * @throws Error when anything is not as it must be; the message says what
 */
export function verifyCertificate(file: string, asked: CheckAsked, say: (line: string) => void): void {
  const key = keyOf(asked, say);
  const text = readFileSync(file, 'utf8');
  const signer = signerOf(text, key, asked, say);
  const certificate = signedIn(text, signer);
  const { days, buckets } = certificate;
  say(`The signature is good. Run ${certificate.run}, day ${[...new Set(Object.values(days))].sort().join(' and ') || certificate.at.slice(0, 10)}.`);
  say(`It says: ${buckets.length} buckets with ${buckets.reduce((sum, { shares }) => sum + shares, 0)} life shares destroyed, under policy ${certificate.policyVersion}; the key store was read again and none of them found.`);
  if (asked.log === undefined) {
    say('Nothing else was checked. With --log and an export of the log, what was due is worked out and compared.');
    return;
  }
  compare(certificate, signer, LogExport.open(asked.log, key), say);
}

function compare(certificate: Certificate, signer: VerifierKey, log: LogExport, say: (line: string) => void): void {
  const { origin, size } = log.checkpoint;
  const span = log.keys.find(({ key }) => sameKey(key, signer))!;
  say(span.to === undefined
    ? `The checkpoint of the log is signed with the same key, and all ${size} entries are in its tree.`
    : `The checkpoint of the log is signed with a key that followed, by what both say in the log. All ${size} entries are in its tree.`);
  if (certificate.log.origin !== origin) throw new Error(`The certificate is of the log ${certificate.log.origin}, and the export is of ${origin}.`);
  if (certificate.log.finished >= size) throw new Error('The export ends before the run of this certificate. Export the log anew.');
  if (span.to !== undefined && certificate.log.finished >= span.to) {
    throw new Error(`The certificate is of a run that ended after its key had been replaced, at ${span.to} entries: whoever signed it had no right to.`);
  }
  const { findings, unlogged, repeated, earlierFlawed, pruned } = verifyWithLog(certificate, log.entries(), log.newest());
  if (unlogged > 0) say(`${unlogged} of the shares destroyed are of intakes, or of places on a preparer’s list, that the log has never heard of. A creation that is cut short leaves such shares, and so does one that came after the backup from which the records came back; that these were, and when they were due, the log cannot show.`);
  if (repeated > 0) say(`${repeated} of the buckets stand in the log already, of an earlier run that was cut short before its certificate. They count once.`);
  if (earlierFlawed.length > 0) say(`Earlier runs do not agree with the log: those that end at entries ${earlierFlawed.join(', ')}. Check their certificates too.`);
  if (pruned > 0) say(`The details of ${pruned} entries before it were pruned by age. Of the intakes that they are about it cannot be worked out what was due, nor of old runs what they destroyed.`);
  if (findings.length > 0) throw new Error(['The certificate does not agree with the log:', ...findings.map((finding) => `- ${sayFinding(finding)}`)].join('\n'));
  say(unlogged === 0
    ? 'By the log’s entries alone, exactly this was due and not held. Nothing else was destroyed, and nothing was left out.'
    : `By the log’s entries alone, exactly the rest was due and not held, and nothing was left out. Of ${unlogged === 1 ? 'that share' : `those ${unlogged} shares`} it says nothing.`);
}

function keyOf({ key, log }: CheckAsked, say: (line: string) => void): VerifierKey {
  if (key !== undefined) {
    const given = parseVerifierKey(key.trim());
    if (!given) throw new Error('This is no verifier key: it has the form name+id+key.');
    say(`Key: the one given, ${formatVerifierKey(given)}`);
    say(`Its fingerprint: ${fingerprint(given)}`);
    return given;
  }
  if (log === undefined) throw new Error('Give the log’s verifier key with --key (the service has it at /api/audit/vkey), or an export of the log with --log.');
  const own = LogExport.ownKey(log);
  say(`Key: the export’s own, ${formatVerifierKey(own)}`);
  say(`Its fingerprint: ${fingerprint(own)}`);
  say('Whoever made the export may have made this key. Compare it with the one that you have kept, or that the organization shows.');
  return own;
}

/**
 * Which of the log's keys the certificate names. It may be an older or a newer one than the given: the log leads from one to the
 * other. Whether the signature is good is seen later.
 */
function signerOf(text: string, given: VerifierKey, { log }: CheckAsked, say: (line: string) => void): VerifierKey {
  const note = noteIn(text);
  const isOfThisLog = parseNote(note)?.signatures.some(({ name }) => name === given.name) ?? false;
  if (!isOfThisLog || namesKey(note, given)) return given;
  if (log === undefined) throw new Error('The certificate is signed with another key than this one, under the name of the same log. With --log and an export of the log, one key leads to the other.');
  const signer = keysOf(log, given).find((key) => namesKey(note, key));
  if (signer) say(`The certificate is signed with another key of the same log, to which the log leads from this one: ${formatVerifierKey(signer)}`);
  return signer ?? given;
}

/** None where the export is not of the key's log. @throws ExportFault where it is damaged */
function keysOf(log: string, given: VerifierKey): readonly VerifierKey[] {
  try {
    return LogExport.open(log, given).keys.map(({ key }) => key);
  } catch (error) {
    if (error instanceof ExportNotSigned) return [];
    throw error;
  }
}

function signedIn(text: string, key: VerifierKey): Certificate {
  const certificate = openCertificate(noteIn(text), key);
  if (!certificate) throw new Error('This is no destruction certificate that this key has signed: it was changed, or it is of another log.');
  const answer = answerIn(text);
  if (answer && canonicalJson(answer.certificate) !== canonicalJson(certificate)) {
    throw new Error('The file says something else than what was signed inside it: it was changed.');
  }
  return certificate;
}

/** The file is the signed note, or the service’s JSON with the note in it. */
function noteIn(text: string): string {
  return answerIn(text)?.note ?? text;
}

/** A note's last line is a signature and no JSON. */
function answerIn(text: string): { readonly note: string; readonly certificate: unknown } | undefined {
  try {
    const { note, certificate } = JSON.parse(text) as Record<string, unknown>;
    return { note: String(note), certificate };
  } catch {
    return undefined;
  }
}
