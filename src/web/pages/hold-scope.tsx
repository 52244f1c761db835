import type { HoldScope } from '../../vault/holds.js';
import { useWords } from '../shell/shell.js';
import { holdScopeInWords, NEW_HOLD_WORDS } from '../words/hold-words.js';

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

/** The same, with the numbers of the intakes. */
export function HoldScopeInFull(props: HoldScopeProps) {
  return (
    <>
      <HoldScopeLines {...props} />
      {props.scope.intakes?.map((id) => (
        <p key={id}>
          <code class="tf-break">{id}</code>
        </p>
      ))}
    </>
  );
}

function HoldSite({ siteName }: { readonly siteName: string | undefined }) {
  const t = useWords();
  return siteName === undefined ? <>{t(NEW_HOLD_WORDS.everySite)}</> : <bdi>{siteName}</bdi>;
}
