import type { Wording } from '../../catalogue/wording.js';

/** A form's fields by name, as a browser sends them. What was typed wrong is shown again from here, unchanged. */
export type FormValues = Readonly<Record<string, string>>;

/** What is wrong with one answer and how to mend it; never with its value. */
export interface FormProblem {
  readonly path: string;
  readonly reason: Wording;
}

export function problemAt(problems: readonly FormProblem[], path: string): FormProblem | undefined {
  return problems.find((problem) => problem.path === path);
}
