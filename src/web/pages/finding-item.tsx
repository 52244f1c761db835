import type { DetectorName } from '../../audit/findings/finding.js';
import { MomentText } from '../shell/dates.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { useShell, useWords } from '../shell/shell.js';
import { FINDING_WORDS as WORDS, findingInWords } from '../words/finding-words.js';
import { ReviewList, type ShownReview } from './review-list.js';

/** Something that stands out, as the pages show it. */
export interface ShownFinding {
  readonly detector: DetectorName;
  /** Name of a member; absent where the log knows none. */
  readonly who?: string;
  readonly from: Date;
  readonly until: Date;
  readonly entries: number;
  readonly intakes?: number;
  readonly permissions?: readonly string[];
  /** Where its entries are listed. */
  readonly entriesAt: LocalPath;
  readonly path: LocalPath;
  readonly reviews: readonly ShownReview[];
  /** It was looked at, and has new entries since. */
  readonly grown: boolean;
  /** Nobody but whom it is about has written anything. */
  readonly onlyByThemselves: boolean;
}

export function FindingItem({ finding, isAlone = false }: { readonly finding: ShownFinding; readonly isAlone?: boolean }) {
  const { who, from, until, permissions, entriesAt, path, reviews, grown, onlyByThemselves } = finding;
  const t = useWords();
  return (
    <div class="tf-finding">
      <p>
        <strong>{who === undefined ? t(WORDS.unknownAccount) : <bdi>{who}</bdi>}</strong>: <FoundText finding={finding} />
        {permissions && permissions.length > 0 && <span class="tf-quiet"> ({permissions.join(', ')})</span>}
        <br />
        <span class="tf-quiet">
          <MomentText at={from} />
          {until.getTime() !== from.getTime() && (
            <>
              {' – '}
              <MomentText at={until} />
            </>
          )}
        </span>
      </p>
      {grown && <p class="tf-finding__grown">{t(WORDS.grown)}</p>}
      {!isAlone && <ReviewList reviews={reviews} />}
      {onlyByThemselves && <p class="tf-finding__grown">{t(WORDS.onlyByThemselves)}</p>}
      <p class="tf-finding__links">
        <Link to={entriesAt}>{t(WORDS.entries)}</Link>
        {!isAlone && <Link to={path}>{t(WORDS.write)}</Link>}
      </p>
    </div>
  );
}

function FoundText({ finding }: { readonly finding: ShownFinding }) {
  const { language } = useShell();
  return <>{findingInWords(finding.detector, finding, language)}.</>;
}
