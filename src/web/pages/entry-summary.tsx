import { Fact } from '../shell/fact.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { useShell, useWords } from '../shell/shell.js';
import { ENTRIES_WORDS as WORDS, purposeInWords, type LoggedPurpose } from '../words/audit-words.js';
import { numberInWords } from '../words/dates-in-words.js';

/** What a trail comes to, of one member or one intake. */
export interface EntrySummaryProps {
  /** Of a member by name, or of an intake by its number. */
  readonly of: { readonly member: string } | { readonly intake: string };
  readonly entries: number;
  readonly readings: number;
  readonly intakes: number;
  readonly first?: Date;
  readonly last?: Date;
  readonly members: readonly { readonly name: string; readonly readings: number; readonly to: LocalPath }[];
  readonly purposes: readonly { readonly purpose: LoggedPurpose; readonly readings: number; readonly to: LocalPath }[];
}

export function EntrySummary(props: EntrySummaryProps) {
  const { of, entries, readings, intakes, first, last, members, purposes } = props;
  const t = useWords();
  const { language } = useShell();
  const inWords = (value: number) => numberInWords(value, language);
  return (
    <section class="tf-panel" aria-labelledby="trail">
      <h2 id="trail">
        {'member' in of ? t(WORDS.trailOfMember) : t(WORDS.trailOfIntake)} {'member' in of ? <bdi>{of.member}</bdi> : <code class="tf-break">{of.intake}</code>}
      </h2>
      <dl class="tf-answers">
        <Fact label={t(WORDS.entriesCounted)}>{inWords(entries)}</Fact>
        <Fact label={t(WORDS.readings)}>{inWords(readings)}</Fact>
        {'member' in of && readings > 0 && <Fact label={t(WORDS.intakesRead)}>{inWords(intakes)}</Fact>}
        {first && (
          <Fact label={t(WORDS.firstReading)}>
            <MomentText at={first} />
          </Fact>
        )}
        {last && (
          <Fact label={t(WORDS.lastReading)}>
            <MomentText at={last} />
          </Fact>
        )}
        {'intake' in of && members.length > 0 && (
          <Fact label={t(WORDS.readBy)}>
            <Counted of={members.map(({ name, ...one }) => ({ ...one, label: name }))} />
          </Fact>
        )}
        {purposes.length > 0 && (
          <Fact label={t(WORDS.readFor)}>
            <Counted of={purposes.map(({ purpose, ...one }) => ({ ...one, label: t(purposeInWords(purpose)) }))} />
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Counted({ of }: { readonly of: readonly { readonly label: string; readonly readings: number; readonly to: LocalPath }[] }) {
  const { language } = useShell();
  return (
    <ul class="usa-list usa-list--unstyled">
      {of.map(({ label, readings, to }) => (
        <li key={to}>
          <Link to={to}>
            <bdi>{label}</bdi>
          </Link>
          {`: ${numberInWords(readings, language)}`}
        </li>
      ))}
    </ul>
  );
}
