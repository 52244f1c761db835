import type { WatchRule } from '../../access/watch-by-log.js';
import { DETECTORS, type DetectorName, type WatchRules } from '../../audit/findings/finding.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useShell, useWords } from '../shell/shell.js';
import { daysInWords, DETECTOR_WORDS, FINDING_WORDS as WORDS, ruleInWords, showAllInWords } from '../words/finding-words.js';
import { SETTINGS_WORDS } from '../words/settings-words.js';
import { FindingItem, type ShownFinding } from './finding-item.js';

export interface FindingsPage {
  readonly rules: WatchRules;
  /** Of which the database does not have what the log says. */
  readonly differing: readonly WatchRule[];
  readonly days: number;
  readonly spans: readonly { readonly days: number; readonly to: LocalPath }[];
  readonly open: Readonly<Record<DetectorName, SomeFindings>>;
  readonly settled: SomeFindings;
  /** Of which there are more than were looked for. */
  readonly more: readonly DetectorName[];
}

/** The newest ones, and where all of them are when these are not all. */
export interface SomeFindings {
  readonly shown: readonly ShownFinding[];
  readonly all?: { readonly count: number; readonly to: LocalPath };
}

function Body({ page }: { readonly page: FindingsPage }) {
  const t = useWords();
  const { settled, differing } = page;
  const isOpen = DETECTORS.some((name) => page.open[name].shown.length > 0);
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
      {differing.length > 0 && <Differing settings={differing} />}
      {!isOpen && <p class="tf-panel">{t(WORDS.nothingOpen)}</p>}
      {DETECTORS.map((name) => (
        <Detected key={name} name={name} page={page} />
      ))}
      <p class="tf-quiet">{t(WORDS.rules)}</p>
      {settled.shown.length > 0 && (
        <section aria-labelledby="settled">
          <h2 id="settled">{t(WORDS.settled)}</h2>
          {settled.shown.map((finding) => (
            <div key={finding.path}>
              <h3 class="tf-finding__name">{t(DETECTOR_WORDS[finding.detector])}</h3>
              <FindingItem finding={finding} />
            </div>
          ))}
          <ToAll of={settled} />
        </section>
      )}
    </>
  );
}

function Differing({ settings }: { readonly settings: readonly WatchRule[] }) {
  const t = useWords();
  return (
    <div class="usa-alert usa-alert--error">
      <div class="usa-alert__body">
        <p class="usa-alert__text">{t(WORDS.differing)}</p>
        <ul class="usa-list">
          {settings.map((setting) => (
            <li key={setting}>{t(SETTINGS_WORDS[setting])}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Detected({ name, page: { rules, open, settled, more } }: { readonly name: DetectorName; readonly page: FindingsPage }) {
  const t = useWords();
  const { language } = useShell();
  return (
    <section aria-labelledby={name}>
      <h2 id={name}>{t(DETECTOR_WORDS[name])}</h2>
      <p class="tf-quiet">{ruleInWords(name, rules, language)}</p>
      {open[name].shown.map((finding) => (
        <FindingItem key={finding.path} finding={finding} />
      ))}
      {open[name].shown.length === 0 && <NoneOpen wereSome={settled.shown.some(({ detector }) => detector === name)} />}
      <ToAll of={open[name]} />
      {more.includes(name) && <p>{t(WORDS.more)}</p>}
    </section>
  );
}

function NoneOpen({ wereSome }: { readonly wereSome: boolean }) {
  const t = useWords();
  if (!wereSome) return <p>{t(WORDS.none)}</p>;
  return (
    <p>
      {t(WORDS.noneLeft)} <a href="#settled">{t(WORDS.settled)}</a>
    </p>
  );
}

function ToAll({ of: { shown, all } }: { readonly of: SomeFindings }) {
  const t = useWords();
  const { language } = useShell();
  if (!all) return null;
  return (
    <p>
      <Link to={all.to}>{t(showAllInWords(shown.length, all.count, language))}</Link>
    </p>
  );
}

export const findingsPage: Page<FindingsPage> = { title: () => WORDS.title, hasProblems: () => false, width: 'wide', Body };
