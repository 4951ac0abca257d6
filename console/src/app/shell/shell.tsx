import { Outlet, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { shellWords } from '../../words/shell.ts';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import styles from './shell.module.css';

/** The frame of the console: the tabs at its side, the header above, and the page. */
export const Shell = (): ReactNode => {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: state => state.location.pathname });
  useEffect(() => {
    document.title = `${main.current?.querySelector('h1')?.textContent ?? path} · ${shellWords.product}`;
  }, [path]);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#page">
        {shellWords.skip}
      </a>
      <Navigation />
      <Header />
      <main id="page" className={styles.main} ref={main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
};
