import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';
import type { Day } from '../../platform/clock.js';
import { DataTable } from '../shell/data-table.js';
import { Fact } from '../shell/fact.js';
import { DayText, MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { numberInWords } from '../words/dates-in-words.js';
import { CERTIFICATE_WORDS as WORDS, STORE_WORDS } from '../words/certificate-words.js';

export interface DestroyedRow {
  /** undefined: a site of which whoever looks is no member. */
  readonly siteName?: string;
  readonly class: RetentionClass;
  readonly due: Day;
  readonly keys: number;
}

/** How much both stores held. */
export interface StoresHeld {
  readonly buckets: number;
  readonly shares: number;
  readonly intakes: number;
  readonly sections: number;
}

export interface CertificatePage {
  /** That of its run. */
  readonly id: string;
  readonly day: Day;
  readonly finishedAt: Date;
  readonly policy: { readonly version: number; readonly since: Day; readonly digest: string };
  readonly destroyed: readonly DestroyedRow[];
  /** Keys of intakes whose creation was cut short; they are in no row. */
  readonly unlogged: number;
  readonly moved: number;
  /** What they cover was left alone. */
  readonly holdsInForce: number;
  readonly heldShares: number;
  readonly corrected: number;
  readonly counts: { readonly before: StoresHeld; readonly after: StoresHeld };
  /** The number of the master key since. */
  readonly master: number;
  /** Where the access log says so. */
  readonly log: { readonly name: string; readonly intended: number; readonly finished: number };
  /** What the signature is checked with; absent when the log's own name is gone. */
  readonly key?: { readonly text: string; readonly fingerprint: string };
  /** The note's last line. */
  readonly signature: string;
  /** The signed note, exactly as it is checked. */
  readonly signedText: string;
  readonly download: LocalPath;
  readonly fileName: string;
}

function outcome({ destroyed, heldShares }: CertificatePage): Wording {
  if (destroyed.length > 0) return WORDS.statement;
  return heldShares > 0 ? WORDS.nothingButHeld : WORDS.nothing;
}

function Body({ page }: { readonly page: CertificatePage }) {
  const t = useWords();
  const { language } = useShell();
  const number = (value: number) => numberInWords(value, language);
  return (
    <article class="tf-certificate">
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(outcome(page))}</p>
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
        <Fact label={t(WORDS.policy)}>
          {page.policy.version}, {t(WORDS.since)} <DayText day={page.policy.since} />
        </Fact>
        <Fact label={t(WORDS.holds)}>{number(page.holdsInForce)}</Fact>
        <Fact label={t(WORDS.held)}>{number(page.heldShares)}</Fact>
        {page.destroyed.length > 0 && <Fact label={t(WORDS.reread)}>{t(WORDS.notFound)}</Fact>}
        <Fact label={t(WORDS.master)}>{number(page.master)}</Fact>
        {page.corrected > 0 && <Fact label={t(WORDS.corrected)}>{number(page.corrected)}</Fact>}
        {page.unlogged > 0 && <Fact label={t(WORDS.unlogged)}>{number(page.unlogged)}</Fact>}
      </dl>
      {page.destroyed.length > 0 && (
        <>
          <Destroyed rows={page.destroyed} />
          <p class="tf-quiet">{t(WORDS.emptyToo)}</p>
        </>
      )}
      <Counts {...page} />
      <h2>{t(WORDS.check)}</h2>
      <p>{t(WORDS.checkHow)}</p>
      <pre class="tf-note tf-command">
        npm run cli -- verify-certificate {page.fileName} --key '{page.key?.text ?? t(WORDS.keyPlace)}' --log {t(WORDS.exportPlace)}
      </pre>
      <dl class="tf-answers">
        {page.key && (
          <Fact label={t(WORDS.fingerprint)}>
            <code class="tf-break">{page.key.fingerprint}</code>
          </Fact>
        )}
        <Fact label={t(WORDS.log)}>
          <code class="tf-break">{page.log.name}</code>
        </Fact>
        <Fact label={t(WORDS.intended)}>{number(page.log.intended)}</Fact>
        <Fact label={t(WORDS.logPlace)}>{number(page.log.finished)}</Fact>
        <Fact label={t(WORDS.digest)}>
          <code class="tf-break">{page.policy.digest}</code>
        </Fact>
        <Fact label={t(WORDS.signature)}>
          <code class="tf-break">{page.signature}</code>
        </Fact>
      </dl>
      <div class="tf-no-print">
        <p>
          <Link to={page.download}>{t(WORDS.download)}</Link>
        </p>
        <details>
          <summary>{t(WORDS.signed)}</summary>
          <pre class="tf-note" tabIndex={0} aria-label={t(WORDS.signed)} role="region">
            {page.signedText}
          </pre>
        </details>
        <p class="tf-quiet">{t(WORDS.print)}</p>
      </div>
    </article>
  );
}

const COUNTED = ['shares', 'buckets', 'sections', 'intakes'] as const satisfies readonly (keyof StoresHeld)[];

function Counts({ counts: { before, after }, moved }: CertificatePage) {
  const t = useWords();
  const { language } = useShell();
  return (
    <>
      <DataTable caption={t(WORDS.counts)} showsCaption columns={[WORDS.what, WORDS.before, WORDS.after]}>
        {COUNTED.map((name) => (
          <tr key={name}>
            <th scope="row" data-label={t(WORDS.what)}>
              {t(STORE_WORDS[name])}
            </th>
            <td data-label={t(WORDS.before)}>{numberInWords(before[name], language)}</td>
            <td data-label={t(WORDS.after)}>{numberInWords(after[name], language)}</td>
          </tr>
        ))}
      </DataTable>
      <p class="tf-quiet">
        {t(WORDS.sweep)}
        {moved > 0 && ` ${t(WORDS.moved)} ${numberInWords(moved, language)}.`}
      </p>
    </>
  );
}

function Destroyed({ rows }: { readonly rows: CertificatePage['destroyed'] }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <DataTable caption={t(WORDS.destroyed)} showsCaption columns={[WORDS.site, WORDS.what, WORDS.due, WORDS.keys]}>
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
    </DataTable>
  );
}

export const certificatePage: Page<CertificatePage> = { title: () => WORDS.title, width: 'wide', Body };
