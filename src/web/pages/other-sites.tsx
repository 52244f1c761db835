import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { useWords } from '../shell/shell.js';
import { POLICY_WORDS as WORDS } from '../words/retention-words.js';

export interface SiteLink {
  readonly name: string;
  readonly to: LocalPath;
}

/** The same page of the organisation's other sites: clients look for the site that they went to. */
export function OtherSites({ links }: { readonly links: readonly SiteLink[] }) {
  const t = useWords();
  if (links.length === 0) return null;
  return (
    <nav aria-labelledby="other-sites">
      <h2 id="other-sites">{t(WORDS.otherSites)}</h2>
      <ul class="usa-list">
        {links.map(({ name, to }) => (
          <li key={to}>
            <Link to={to}>
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
