import type { ComponentChildren } from 'preact';
import type { Erasure } from '../../intake/erasure/find-erasure.js';
import { DayText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { ERASURE_RECEIPT_WORDS as WORDS, ERASURE_STATE_WORDS, ERASURE_WORDS } from '../words/erasure-words.js';

export interface ErasureReceiptPage {
  readonly erasure: Erasure;
}

/** To be printed for the client: no name on it, since none is left to print. */
function Body({ page: { erasure } }: { readonly page: ErasureReceiptPage }) {
  const t = useWords();
  const { member } = useShell();
  const { listUntil } = erasure;
  return (
    <article class="tf-certificate">
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(listUntil === undefined ? WORDS.intro : WORDS.introList)}</p>
      <dl class="tf-answers">
        {member && (
          <Fact label={t(WORDS.site)}>
            <bdi>{member.siteName}</bdi>
          </Fact>
        )}
        <Fact label={t(ERASURE_WORDS.number)}>
          <code class="tf-break">{erasure.intakeId}</code>
        </Fact>
        <Fact label={t(ERASURE_WORDS.taxYear)}>{erasure.taxYear}</Fact>
        <Fact label={t(WORDS.askedDay)}>
          <DayText day={erasure.askedDay} />
        </Fact>
        <Fact label={t(listUntil === undefined ? WORDS.day : WORDS.dayList)}>
          <DayText day={erasure.day} />
        </Fact>
        <Fact label={t(WORDS.keys)}>{t(ERASURE_STATE_WORDS[erasure.state])}</Fact>
        {erasure.destroyedDay !== undefined && (
          <Fact label={t(WORDS.destroyedOn)}>
            <DayText day={erasure.destroyedDay} />
          </Fact>
        )}
        {erasure.runId !== undefined && (
          <Fact label={t(WORDS.certificate)}>
            <Link to={`/runs/${erasure.runId}/certificate`} class="usa-link tf-break">
              {erasure.runId}
            </Link>
          </Fact>
        )}
      </dl>
      <h2>{t(WORDS.remains)}</h2>
      <ul class="usa-list">
        {listUntil !== undefined && (
          <li>
            {t(WORDS.remainsList)} <DayText day={listUntil} />.
          </li>
        )}
        {([WORDS.remainsLog, WORDS.remainsRecord, WORDS.remainsBackups, WORDS.remainsElsewhere] as const).map((what) => (
          <li key={what.en}>{t(what)}</li>
        ))}
      </ul>
      <p class="tf-quiet tf-no-print">{t(WORDS.print)}</p>
    </article>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export const erasureReceiptPage: Page<ErasureReceiptPage> = { title: () => WORDS.title, width: 'form', Body };
