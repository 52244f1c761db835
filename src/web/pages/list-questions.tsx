import type { Stage } from '../../intake/stage.js';
import type { AskedInput } from '../form/asked-input.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { QuestionSections } from '../form/question-sections.js';
import { useWords } from '../shell/shell.js';
import { STAGE_CHANGE_WORDS as WORDS, STAGE_WORDS } from '../words/intake-words.js';

/** What has to be said of a return that comes onto the preparer's list, and which of the steps on the page put it there. */
export interface AskedForList {
  readonly steps: readonly Stage[];
  readonly inputs: readonly AskedInput[];
}

interface ListQuestionsProps extends AskedForList {
  readonly typed: FormValues;
  readonly problems: readonly FormProblem[];
}

/** Shown whatever is chosen, since a page without scripts cannot know. */
export function ListQuestions({ steps, inputs, typed, problems }: ListQuestionsProps) {
  const t = useWords();
  return (
    <section class="tf-panel margin-top-3" aria-labelledby="list">
      <h2 id="list">{t(WORDS.list)}</h2>
      <p>
        {t(WORDS.listFor)} <strong>{steps.map((stage) => t(STAGE_WORDS[stage])).join(', ')}</strong>. {t(WORDS.listExplain)}
      </p>
      <QuestionSections inputs={inputs} values={typed} problems={problems} lives={{}} />
    </section>
  );
}
