import type { HoldScope } from '../../vault/holds.js';
import { useWords } from '../shell/shell.js';
import { holdScopeInWords, HOLDS_WORDS, NEW_HOLD_WORDS } from '../words/hold-words.js';

export interface HoldScopeProps {
  readonly scope: HoldScope;
  /** Of the one site that it names; absent: every site. */
  readonly siteName?: string;
}

/** What a hold names, in a few lines. */
export function HoldScopeLines({ scope, siteName }: HoldScopeProps) {
  const t = useWords();
  return (
    <>
      {holdScopeInWords(scope).map((line) => (
        <p key={line.en}>{t(line)}</p>
      ))}
      <p class="tf-quiet">
        <HoldSite siteName={siteName} />
      </p>
    </>
  );
}

/** The same, with the numbers of the intakes. @param unknown those of them that nothing matches, which are marked */
export function HoldScopeInFull({ unknown, ...props }: HoldScopeProps & { readonly unknown: readonly string[] }) {
  const t = useWords();
  return (
    <>
      <HoldScopeLines {...props} />
      {props.scope.intakes?.map((id) => (
        <p key={id}>
          <code class="tf-break">{id}</code>
          {unknown.includes(id) && ` (${t(HOLDS_WORDS.matchesNothing)})`}
        </p>
      ))}
    </>
  );
}

function HoldSite({ siteName }: { readonly siteName: string | undefined }) {
  const t = useWords();
  return siteName === undefined ? <>{t(NEW_HOLD_WORDS.everySite)}</> : <bdi>{siteName}</bdi>;
}
