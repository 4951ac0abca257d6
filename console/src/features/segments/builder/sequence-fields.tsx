import { ActionIcon, Autocomplete, NumberInput, Text } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import type { SequenceCondition } from '../../../../../core/language/condition.ts';
import { segmentWords as words } from '../../../words/segments.ts';
import { eventNames } from './event-names.ts';

interface SequenceFieldsProps {
  condition: SequenceCondition;
  onChange: (condition: SequenceCondition) => void;
}

const [stepsMin, stepsMax] = [2, 10];

/** Things that people did one after the other. */
export const SequenceFields = ({ condition, onChange }: SequenceFieldsProps): ReactNode => {
  const { sequence, within, ...rest } = condition;
  const put = (steps: SequenceCondition['sequence']): void => onChange({ ...condition, sequence: steps });
  const limit = (given: string | number): void =>
    onChange({ ...rest, sequence, ...(given === '' ? {} : { within: Number(given) }) });
  return (
    <>
      <Text c="dimmed">{words.did}</Text>
      {sequence.map((step, place) => (
        <Fragment key={String(place)}>
          {place > 0 && <Text c="dimmed">{words.nextStep}</Text>}
          <Autocomplete
            aria-label={`${words.eventLabel} ${place + 1}`}
            size="xs"
            w={150}
            data={eventNames}
            value={step.event}
            onChange={event => put(sequence.with(place, { ...step, event }))}
          />
        </Fragment>
      ))}
      {sequence.length < stepsMax && (
        <ActionIcon
          aria-label={words.addStep}
          title={words.addStep}
          onClick={() => put([...sequence, { event: 'purchase' }])}
        >
          <IconPlus size={14} />
        </ActionIcon>
      )}
      {sequence.length > stepsMin && (
        <ActionIcon aria-label={words.removeStep} title={words.removeStep} onClick={() => put(sequence.slice(0, -1))}>
          <IconMinus size={14} />
        </ActionIcon>
      )}
      <NumberInput
        aria-label={words.withinStep}
        placeholder={words.withinStep}
        w={110}
        min={1}
        value={typeof within === 'number' ? within : ''}
        onChange={limit}
      />
    </>
  );
};
