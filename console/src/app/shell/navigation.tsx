import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { shellWords } from '../../words/shell.ts';
import styles from './shell.module.css';
import { tabs } from './tabs.ts';

/** The eight tabs. */
export const Navigation = (): ReactNode => (
  <nav className={styles.navigation} aria-label={shellWords.navigation}>
    <div className={styles.brand}>
      <img src="/mark.svg" alt="" width={20} height={20} />
      <span>{shellWords.brand}</span>
    </div>
    {tabs.map(({ to, name, Icon }) => (
      <Link key={to} to={to} className={styles.tab} title={name}>
        <Icon size={17} stroke={1.7} aria-hidden />
        <span>{name}</span>
      </Link>
    ))}
  </nav>
);
