import type { Stage } from '../../intake/stage.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { useWords } from '../shell/shell.js';
import { INTAKE_LIST_WORDS, STAGE_WORDS, TOPIC_WORDS as WORDS } from '../words/intake-words.js';

/** What stands above every page of one intake. */
export interface IntakeFacts {
  /** `/intakes/…`, the start of every link to it. */
  readonly path: LocalPath;
  readonly displayName?: string;
  readonly taxYear: number;
  readonly stage: Stage;
  readonly version: number;
  /** Nobody works on it any more: nothing leads to where it is worked on. */
  readonly isReadOnly?: boolean;
}

/** For whoever has to tell it to an administrator: legal holds and early erasures name an intake by it. */
export function IntakeNumber({ intake }: { readonly intake: Pick<IntakeFacts, 'path'> }) {
  const t = useWords();
  return (
    <p class="tf-quiet tf-no-print">
      {t(WORDS.number)}: <code class="tf-break">{intake.path.split('/')[2]}</code>
    </p>
  );
}

export function IntakeHeading({ intake }: { readonly intake: IntakeFacts }) {
  const t = useWords();
  return (
    <div class="tf-intake">
      <p class="tf-intake__facts">
        <strong>{intake.displayName === undefined ? t(INTAKE_LIST_WORDS.noName) : <bdi>{intake.displayName}</bdi>}</strong>
        <span>
          {t(WORDS.taxYear)} {intake.taxYear}
        </span>
        <span class={`tf-stage tf-stage--${intake.stage}`}>{t(STAGE_WORDS[intake.stage])}</span>
      </p>
      {!intake.isReadOnly && (
        <p class="tf-intake__links tf-no-print">
          <Link to={`${intake.path}/review`}>{t(WORDS.review)}</Link>
          <Link to={`${intake.path}/stage`}>{t(WORDS.changeStage)}</Link>
        </p>
      )}
    </div>
  );
}
