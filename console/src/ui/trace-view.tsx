import { Group, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatMinute, formatValue } from '../lib/format.ts';
import type { Explanation } from '../lib/use-explanation.ts';
import { explanationWords as words } from '../words/explanation.ts';
import styles from './trace-view.module.css';

type Trace = Explanation['tree'];

const groupNames: Record<string, string> = { AND: words.all, OR: words.any, NOT: words.not };

const nameOf = ({ condition, inWords, parts }: Trace): string => {
  if (parts === undefined) return inWords;
  const operator = (condition as { operator?: unknown } | null)?.operator;
  return groupNames[String(operator)] ?? inWords;
};

const Mark = ({ holds }: { holds: boolean }): ReactNode =>
  holds ? (
    <IconCheck size={15} className={styles.holds} aria-label={words.holds} role="img" />
  ) : (
    <IconX size={15} className={styles.fails} aria-label={words.fails} role="img" />
  );

/** A condition with what was seen of it, and its parts below it. */
export const TraceView = ({ trace }: { trace: Trace }): ReactNode => {
  const { holds, parts, observed, evidence = [], changesAt } = trace;
  return (
    <div className={styles.trace}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <Mark holds={holds} />
        <Text fw={parts ? 600 : 400}>{nameOf(trace)}</Text>
      </Group>
      {parts === undefined && (
        <Text size="xs" c="dimmed" pl={21}>
          {words.observed}: {formatValue(observed)}
          {evidence.length > 0 && ` · ${words.evidence(evidence.length)}`}
          {changesAt && ` · ${words.changesAt} ${formatMinute(changesAt)}`}
        </Text>
      )}
      {parts && (
        <div className={styles.parts}>
          {parts.map(part => (
            <TraceView key={part.path} trace={part} />
          ))}
        </div>
      )}
    </div>
  );
};
