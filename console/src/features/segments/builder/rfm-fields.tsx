import { NativeSelect, Stack, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  type Bounds,
  type RfmCondition,
  type RfmGroup,
  type RfmScores,
  rfmGroups,
} from '../../../../../core/language/condition.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import styles from './builder.module.css';

interface RfmFieldsProps {
  condition: RfmCondition;
  onChange: (condition: RfmCondition) => void;
}

const scores = [1, 2, 3, 4, 5];
const contains = (bounds: Bounds | undefined, score: number): boolean =>
  bounds === undefined || (score >= (bounds.min ?? 1) && score <= (bounds.max ?? 5));

/** The bounds that a press makes: the square grows to the cell, or begins anew where the cell was in it. */
const stretched = (bounds: Bounds | undefined, score: number): Bounds => {
  if (bounds === undefined || contains(bounds, score)) return { min: score, max: score };
  return { min: Math.min(score, bounds.min ?? 1), max: Math.max(score, bounds.max ?? 5) };
};

/** A group of customers, or a square of the grid of scores. */
export const RfmFields = ({ condition: { rfm }, onChange }: RfmFieldsProps): ReactNode => {
  const { group, recency, frequency } = rfm;
  const put = (next: RfmScores): void => onChange({ rfm: next });
  const press = (r: number, f: number): void => {
    const { group: _group, ...rest } = rfm;
    put({ ...rest, recency: stretched(recency, r), frequency: stretched(frequency, f) });
  };
  const choose = (chosen: string): void =>
    put(chosen === '' ? { recency: { min: 4, max: 5 } } : { group: chosen as RfmGroup });
  return (
    <>
      <NativeSelect
        aria-label={words.rfmGroup}
        data={[
          { value: '', label: words.rfmAny },
          ...rfmGroups.map(value => ({ value, label: value.replaceAll('_', ' ') })),
        ]}
        value={group ?? ''}
        onChange={event => choose(event.currentTarget.value)}
      />
      <Stack gap={2}>
        <fieldset className={styles.grid} aria-label={words.grid}>
          {scores.toReversed().flatMap(f =>
            scores.map(r => (
              <UnstyledButton
                key={`${r}-${f}`}
                className={styles.cell}
                aria-label={`${words.scores.recency} ${r}, ${words.scores.frequency} ${f}`}
                aria-pressed={group === undefined && contains(recency, r) && contains(frequency, f)}
                onClick={() => press(r, f)}
              >
                {r}·{f}
              </UnstyledButton>
            )),
          )}
        </fieldset>
        <Text size="xs" c="dimmed">
          {words.grid}
        </Text>
      </Stack>
    </>
  );
};
