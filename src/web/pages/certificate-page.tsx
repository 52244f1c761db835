import type { ComponentChildren } from 'preact';
import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import { DayText, MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { CERTIFICATE_WORDS as WORDS } from '../words/retention-words.js';

export interface DestroyedRow {
  /** undefined: a site of which whoever looks is no member. */
  readonly siteName?: string;
  readonly class: RetentionClass;
  readonly due: Day;
  readonly keys: number;
}

export interface CertificatePage {
  /** That of its run. */
  readonly id: string;
  readonly day: Day;
  readonly finishedAt: Date;
  readonly policyVersion?: number;
  /** Its index in the access log, once it has one. */
  readonly logIndex?: number;
  readonly destroyed: readonly DestroyedRow[];
  /** What they cover was left alone. */
  readonly holdsInForce: number;
  /** The signed note, exactly as it is checked. */
  readonly signedText: string;
  readonly download: LocalPath;
}

function Body({ page }: { readonly page: CertificatePage }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <article class="tf-certificate">
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{page.destroyed.length === 0 ? t(WORDS.nothing) : t(WORDS.statement)}</p>
      <dl class="tf-answers">
        <Fact label={t(WORDS.number)}>
          <code class="tf-break">{page.id}</code>
        </Fact>
        <Fact label={t(WORDS.day)}>
          <DayText day={page.day} />
        </Fact>
        <Fact label={t(WORDS.finished)}>
          <MomentText at={page.finishedAt} />
        </Fact>
        {page.policyVersion !== undefined && <Fact label={t(WORDS.policy)}>{page.policyVersion}</Fact>}
        {page.logIndex !== undefined && <Fact label={t(WORDS.logPlace)}>{numberInWords(page.logIndex, language)}</Fact>}
        <Fact label={t(WORDS.holds)}>{numberInWords(page.holdsInForce, language)}</Fact>
      </dl>
      {page.destroyed.length > 0 && <Destroyed rows={page.destroyed} />}
      <h2>{t(WORDS.signed)}</h2>
      <pre class="tf-note" tabIndex={0} aria-label={t(WORDS.signed)} role="region">
        {page.signedText}
      </pre>
      <p class="tf-no-print">
        <Link to={page.download}>{t(WORDS.download)}</Link>
      </p>
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

function Destroyed({ rows }: { readonly rows: CertificatePage['destroyed'] }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <table class="usa-table usa-table--borderless usa-table--stacked tf-table">
      <thead>
        <tr>
          <th scope="col">{t(WORDS.site)}</th>
          <th scope="col">{t(WORDS.what)}</th>
          <th scope="col">{t(WORDS.due)}</th>
          <th scope="col">{t(WORDS.keys)}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={at}>
            <th scope="row" data-label={t(WORDS.site)}>
              {row.siteName === undefined ? t(WORDS.anotherSite) : <bdi>{row.siteName}</bdi>}
            </th>
            <td data-label={t(WORDS.what)}>{t(CLASS_WORDS[row.class])}</td>
            <td data-label={t(WORDS.due)}>
              <DayText day={row.due} />
            </td>
            <td data-label={t(WORDS.keys)}>{numberInWords(row.keys, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const certificatePage: Page<CertificatePage> = { title: () => WORDS.title, width: 'wide', Body };
