import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Link } from './link.tsx';
import styles from './parts.module.css';

interface PartsProps {
  /** The name of the page, for those who hear it. */
  label: string;
  /** What stands in the address, and what it is called; the first is where one begins. */
  parts: readonly (readonly [name: string, title: string])[];
}

/** Which part of a page is shown: the one that the address names, else the first. */
export const usePart = <Name extends string>(names: readonly Name[], first: Name): Name => {
  const { part } = useSearch({ strict: false }) as { part?: string };
  return names.find(name => name === part) ?? first;
};

/** The parts of a page as links, so that each has an address. */
export const Parts = ({ label, parts }: PartsProps): ReactNode => {
  const current = usePart(
    parts.map(([name]) => name),
    parts[0]?.[0] ?? '',
  );
  return (
    <nav className={styles.parts} aria-label={label}>
      {parts.map(([name, title]) => (
        <Link
          key={name}
          to="."
          search={{ part: name } as never}
          className={styles.part ?? ''}
          underline="never"
          {...(name === current ? { 'aria-current': 'page' as const } : {})}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
};
