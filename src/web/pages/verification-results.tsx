import type { ShownVerification } from '../../audit/verify/verifications.js';
import type { VerifiedSubject } from '../../audit/verify/verified-subject.js';
import type { WitnessStanding } from '../../audit/witness/witness-standings.js';
import type { Wording } from '../../catalogue/wording.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import { useShell, useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { LOG_FINDING_WORDS } from '../words/log-finding-words.js';
import { cosignedInWords, SECTION_FINDING_WORDS, verifiedInWords, VERIFICATION_RESULT_WORDS as WORDS, WITNESS_FAILURE_WORDS } from '../words/verification-result-words.js';

export interface VerificationResults {
  /** The newest of each; none where there was none yet. */
  readonly log?: ShownVerification;
  readonly sections?: ShownVerification;
  /** What nobody has gone through for two nights. */
  readonly late: readonly VerifiedSubject[];
  readonly witnesses: readonly WitnessStanding[];
}

/** What was looked at besides the signing itself, when and with what result. */
export function VerificationResultList({ log, sections, late, witnesses }: VerificationResults) {
  const t = useWords();
  return (
    <>
      <h2>{t(WORDS.title)}</h2>
      <dl class="tf-answers">
        <div>
          <dt>{t(WORDS.sections)}</dt>
          <dd>
            {sections ? <Result of={sections} /> : t(WORDS.sectionsNever)}
            <Late isLate={late.includes('sections')} />
          </dd>
        </div>
        <div>
          <dt>{t(WORDS.log)}</dt>
          <dd>
            {log ? <Result of={log} /> : t(WORDS.logNever)} <Late isLate={late.includes('log')} />
            {t(WORDS.logAtAnyTime)} <code class="tf-break">npm run cli -- verify-log</code>
          </dd>
        </div>
        <div>
          <dt>{t(WORDS.witnesses)}</dt>
          <dd>{witnesses.length === 0 ? t(WORDS.noWitnesses) : <Witnesses witnesses={witnesses} />}</dd>
        </div>
      </dl>
    </>
  );
}

function Late({ isLate }: { readonly isLate: boolean }) {
  const t = useWords();
  return isLate ? <p class="usa-error-message">{t(WORDS.late)}</p> : null;
}

/** When the log was last gone through, in a sentence, with what came of it. */
export function LastLook({ log }: Pick<VerificationResults, 'log'>) {
  const t = useWords();
  if (!log) return <>{t(WORDS.logNever)}</>;
  return (
    <>
      {t(WORDS.lastLooked)}, <MomentText at={log.endedAt} />: {t(verifiedInWords('log', log))}
    </>
  );
}

function Result({ of: { subject, endedAt, lookedAt, found, unclear, findings, asLogged, findingsAsLogged } }: { readonly of: ShownVerification }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <>
      <p class={found > unclear ? 'usa-error-message' : undefined}>
        <MomentText at={endedAt} />: {t(verifiedInWords(subject, { lookedAt, found, unclear }))}
      </p>
      {!asLogged && <p class="usa-error-message">{t(WORDS.notAsLogged)}</p>}
      {findingsAsLogged === false && <p class="usa-error-message">{t(WORDS.findingsNotAsLogged)}</p>}
      {findings.length > 0 && (
        <ul class="usa-list">
          {findings.map(({ kind, index, intakeId, class: name }, at) => (
            <li key={at}>
              {index !== undefined && `${t(WORDS.atPlace)} ${numberInWords(index, language)}: `}
              {intakeId !== undefined && (
                <>
                  <Link to={`/entries?intake=${intakeId}`}>
                    <code class="tf-break">{intakeId}</code>
                  </Link>
                  {name !== undefined && (
                    <>
                      , <KnownWords of={name} among={CLASS_WORDS} />
                    </>
                  )}
                  :{' '}
                </>
              )}
              <FoundText subject={subject} kind={kind} begins={index === undefined && intakeId === undefined} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const FINDINGS: Readonly<Record<VerifiedSubject, Readonly<Record<string, Wording>>>> = { log: LOG_FINDING_WORDS, sections: SECTION_FINDING_WORDS };

/** One that a later version noted has no words here. */
function FoundText({ subject, kind, begins }: { readonly subject: VerifiedSubject; readonly kind: string; readonly begins: boolean }) {
  const t = useWords();
  const words = Object.hasOwn(FINDINGS[subject], kind) ? FINDINGS[subject][kind] : undefined;
  if (!words) return <code>{kind}</code>;
  const said = `${t(words)}.`;
  return <>{begins ? said.charAt(0).toUpperCase() + said.slice(1) : said}</>;
}

/** A word of a list that is closed to us and not to whoever is at the database. */
function KnownWords({ of, among }: { readonly of: string; readonly among: Readonly<Record<string, Wording>> }) {
  const t = useWords();
  const words = Object.hasOwn(among, of) ? among[of] : undefined;
  return words ? <>{t(words)}</> : <code>{of}</code>;
}

function Witnesses({ witnesses }: Pick<VerificationResults, 'witnesses'>) {
  const t = useWords();
  return (
    <ul class="usa-list">
      {witnesses.map(({ name, vkey, url, cosigned, failure }) => (
        <li key={vkey}>
          <bdi class="tf-break">{name}</bdi>:{' '}
          {cosigned ? (
            <>
              {t(cosignedInWords(cosigned.size))}, <MomentText at={cosigned.at} />.
            </>
          ) : (
            t(WORDS.neverCosigned)
          )}{' '}
          {failure && (
            <>
              {t(WORDS.lastTime)} <MomentText at={failure.at} />: <KnownWords of={failure.code} among={WITNESS_FAILURE_WORDS} />
            </>
          )}{' '}
          {url === undefined && t(WORDS.askedNoMore)}
        </li>
      ))}
    </ul>
  );
}
