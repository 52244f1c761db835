import { ROLE_WORDS, SHELL_WORDS as WORDS } from '../words/shell-words.js';
import { SITES_WORDS } from '../words/sites-words.js';
import { LanguageSwitch } from './language-switch.js';
import { Link } from './link.js';
import { isAt, NAVIGATION, PUBLIC_NAVIGATION } from './navigation.js';
import { PostForm } from './post-form.js';
import { useShell, useWords } from './shell.js';

export const PRODUCT_NAME = 'Thinfile';

export function PageHeader() {
  const { member, path, demonstration, pending } = useShell();
  const t = useWords();
  const destinations = member === undefined ? PUBLIC_NAVIGATION : NAVIGATION[member.role];
  return (
    <header class="tf-header">
      {demonstration && <p class="tf-demonstration">{t(WORDS.demonstration)}</p>}
      <div class="tf-header__top">
        <Link to="/" class="tf-product">
          {PRODUCT_NAME}
        </Link>
        <div class="tf-header__who">
          {member !== undefined && (
            <p class="tf-who">
              <bdi>{member.name}</bdi>, {t(ROLE_WORDS[member.role])} · <bdi>{member.siteName}</bdi>
              {member.organisationWide && (
                <>
                  {' '}
                  · <Link to="/sites">{t(SITES_WORDS.change)}</Link>
                </>
              )}{' '}
              · <Link to="/password">{t(WORDS.password)}</Link>
            </p>
          )}
          <LanguageSwitch />
          {member !== undefined && (
            <PostForm action="/sign-out" class="tf-inline-form">
              <button type="submit" class="usa-button usa-button--outline tf-sign-out">
                {t(WORDS.signOut)}
              </button>
            </PostForm>
          )}
        </div>
      </div>
      <nav class="tf-nav" aria-label={t(WORDS.mainNavigation)}>
        <ul>
          {destinations.map((destination) => (
            <li key={destination.to}>
              <Link to={destination.to} class="tf-nav__link" current={isAt(path, destination) ? 'page' : undefined}>
                {t(destination.label)}
                {destination.to === '/approvals' && <Waiting count={pending?.toApprove ?? 0} />}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/** How many requests wait for this member's decision. */
function Waiting({ count }: { readonly count: number }) {
  const t = useWords();
  if (count === 0) return null;
  return (
    <>
      {' '}
      <span class="tf-count">
        {count}
        <span class="usa-sr-only"> {t(WORDS.waiting)}</span>
      </span>
    </>
  );
}
