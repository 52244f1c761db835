import { DETECTORS, type DetectorName, type WatchRules } from '../../audit/findings/finding.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { daysInWords, DETECTOR_WORDS, FINDING_WORDS as WORDS, ruleInWords } from '../words/finding-words.js';
import { FindingItem, type ShownFinding } from './finding-item.js';

export interface FindingsPage {
  readonly rules: WatchRules;
  readonly days: number;
  readonly spans: readonly { readonly days: number; readonly to: LocalPath }[];
  readonly open: Readonly<Record<DetectorName, readonly ShownFinding[]>>;
  readonly settled: Readonly<Record<DetectorName, readonly ShownFinding[]>>;
  /** Of which there are more than are shown. */
  readonly more: readonly DetectorName[];
}

function Body({ page }: { readonly page: FindingsPage }) {
  const t = useWords();
  const settled = DETECTORS.flatMap((name) => page.settled[name]);
  const isOpen = DETECTORS.some((name) => page.open[name].length > 0);
  return (
    <>
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.intro)}</p>
      <nav aria-label={t(WORDS.days)} class="tf-spans">
        <span>{t(WORDS.days)}:</span>
        {page.spans.map(({ days, to }) => (
          <Link key={days} to={to} current={days === page.days ? 'page' : undefined}>
            {t(daysInWords(days))}
          </Link>
        ))}
        <Link to="/entries/over-time">{t(WORDS.overTime)}</Link>
      </nav>
      {!isOpen && <p class="tf-panel">{t(WORDS.nothingOpen)}</p>}
      {DETECTORS.map((name) => (
        <Detected key={name} name={name} page={page} />
      ))}
      <p class="tf-quiet">{t(WORDS.rules)}</p>
      {settled.length > 0 && (
        <section aria-labelledby="settled">
          <h2 id="settled">{t(WORDS.settled)}</h2>
          {settled.map((finding) => (
            <div key={finding.path}>
              <h3 class="tf-finding__name">{t(DETECTOR_WORDS[finding.detector])}</h3>
              <FindingItem finding={finding} />
            </div>
          ))}
        </section>
      )}
    </>
  );
}

function Detected({ name, page: { rules, open, more } }: { readonly name: DetectorName; readonly page: FindingsPage }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <section aria-labelledby={name}>
      <h2 id={name}>{t(DETECTOR_WORDS[name])}</h2>
      <p class="tf-quiet">{ruleInWords(name, rules, language)}</p>
      {open[name].map((finding) => (
        <FindingItem key={finding.path} finding={finding} />
      ))}
      {open[name].length === 0 && <p>{t(WORDS.none)}</p>}
      {more.includes(name) && <p>{t(WORDS.more)}</p>}
    </section>
  );
}

export const findingsPage: Page<FindingsPage> = { title: () => WORDS.title, hasProblems: () => false, width: 'wide', Body };
