import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { shellWords } from '../../words/shell.ts';
import { SchemeButton } from './scheme-button.tsx';
import styles from './shell.module.css';
import { Throughput } from './throughput.tsx';
import { useSearchKey } from './use-search-key.ts';

const SearchEverything = lazy(() => import('../spotlight/search-everything.tsx'));
const HeaderMenus = lazy(() => import('./header-menus.tsx'));

/** Search, how fast events come, which jobs run, and who is signed in. */
export const Header = (): ReactNode => {
  const [searching, setSearching] = useState(false);
  useSearchKey(() => setSearching(true));
  return (
    <header className={styles.header}>
      <UnstyledButton className={styles.search} onClick={() => setSearching(true)}>
        <IconSearch size={15} aria-hidden />
        <span>{shellWords.search}</span>
        <kbd className={styles.key}>⌘K</kbd>
      </UnstyledButton>
      <div className={styles.tools}>
        <Throughput />
        <SchemeButton />
        <Suspense>
          <HeaderMenus />
        </Suspense>
      </div>
      <Suspense>{searching && <SearchEverything onClose={() => setSearching(false)} />}</Suspense>
    </header>
  );
};
