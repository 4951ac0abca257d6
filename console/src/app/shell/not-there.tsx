import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { shellWords } from '../../words/shell.ts';
import styles from './shell.module.css';

/** An address that leads nowhere. */
export const NotThere = (): ReactNode => (
  <div className={styles.page}>
    <h1>{shellWords.notThere}</h1>
    <Link to="/profiles">{shellWords.toStart}</Link>
  </div>
);
