import { Autocomplete, NumberInput, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Bounds, EventCondition } from '../../../../../core/language/condition.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import { eventNames } from './event-names.ts';

interface EventFieldsProps {
  condition: EventCondition;
  onChange: (condition: EventCondition) => void;
}

const narrow = 116;
const numberOrNothing = (given: string | number): number | undefined => (given === '' ? undefined : Number(given));

const boundsOf = ({ min, max }: Bounds): Bounds | undefined =>
  min === undefined && max === undefined
    ? undefined
    : { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };

/** Only what says something: a member without a value is left out. */
const withMember = (
  condition: EventCondition,
  name: 'count' | 'sum' | 'timeWindow',
  value: unknown,
): EventCondition => {
  const { [name]: _before, ...rest } = condition;
  return value === undefined ? rest : { ...rest, [name]: value };
};

/** Something that people did: how often, what it came to, in which time. */
export const EventFields = ({ condition, onChange }: EventFieldsProps): ReactNode => {
  const { event, count = {}, sum, timeWindow } = condition;
  const days =
    typeof timeWindow === 'number' ? timeWindow : Number(/^P(\d+)D$/.exec(timeWindow ?? '')?.[1] ?? Number.NaN);
  const putCount = (bounds: Bounds): void => onChange(withMember(condition, 'count', boundsOf(bounds)));
  const putTotal = (min: number | undefined): void =>
    onChange(withMember(condition, 'sum', min === undefined ? undefined : { ...sum, min }));
  return (
    <>
      <Text c="dimmed">{words.did}</Text>
      <Autocomplete
        aria-label={words.eventLabel}
        size="xs"
        w={170}
        data={eventNames}
        value={event}
        onChange={name => onChange({ ...condition, event: name })}
      />
      <NumberInput
        aria-label={words.timesAtLeast}
        placeholder={words.timesAtLeast}
        w={narrow}
        min={0}
        value={count.min ?? ''}
        onChange={given => putCount({ ...count, min: numberOrNothing(given) })}
      />
      <NumberInput
        aria-label={words.timesAtMost}
        placeholder={words.timesAtMost}
        w={narrow}
        min={0}
        value={count.max ?? ''}
        onChange={given => putCount({ ...count, max: numberOrNothing(given) })}
      />
      <NumberInput
        aria-label={words.within}
        placeholder={words.within}
        w={narrow}
        min={1}
        value={Number.isNaN(days) ? '' : days}
        onChange={given => onChange(withMember(condition, 'timeWindow', numberOrNothing(given)))}
      />
      <NumberInput
        aria-label={words.totalAtLeast}
        placeholder={words.totalAtLeast}
        w={150}
        value={sum?.min ?? ''}
        onChange={given => putTotal(numberOrNothing(given))}
      />
    </>
  );
};
