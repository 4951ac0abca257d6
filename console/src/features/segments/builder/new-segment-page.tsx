import { Button, Group as Row, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Failure } from '../../../ui/failure.tsx';
import { noticeDone } from '../../../ui/notices.tsx';
import { Page } from '../../../ui/page.tsx';
import { segmentWords as words } from '../../../words/segments.ts';
import { emptyGroup } from './new-condition.ts';
import { SegmentBuilder } from './segment-builder.tsx';
import { useCreateSegment } from './use-create-segment.ts';

const formId = 'new-segment';

/** A segment is put together: its name, and who is in it. */
export const NewSegmentPage = (): ReactNode => {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [way, setWay] = useState('rule-based');
  const [rules, setRules] = useState(emptyGroup);
  const create = useCreateSegment();
  const navigate = useNavigate();
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    const told = { name, ...(description === '' ? {} : { description }) };
    create.mutate(way === 'manual' ? { ...told, type: 'manual' } : { ...told, type: 'rule-based', rules }, {
      onSuccess: ({ id }) => {
        noticeDone(words.saved);
        void navigate({ to: '/segments/$segmentId', params: { segmentId: id } });
      },
    });
  };
  return (
    <Page
      title={words.create}
      actions={
        <Button type="submit" form={formId} loading={create.isPending} disabled={name.trim() === ''}>
          {words.save}
        </Button>
      }
    >
      <form id={formId} onSubmit={submit}>
        <Stack gap="md">
          {create.isError && <Failure failure={create.error} />}
          <Row align="flex-end" gap="sm">
            <TextInput
              label={words.name}
              w={280}
              required
              value={name}
              onChange={event => setName(event.currentTarget.value)}
            />
            <TextInput
              label={words.description}
              flex={1}
              value={description}
              onChange={event => setDescription(event.currentTarget.value)}
            />
            <SegmentedControl
              aria-label={words.how}
              value={way}
              onChange={setWay}
              data={[
                { value: 'rule-based', label: words.byRules },
                { value: 'manual', label: words.byHand },
              ]}
            />
          </Row>
          {way === 'rule-based' && <SegmentBuilder rules={rules} onChange={setRules} />}
        </Stack>
      </form>
    </Page>
  );
};
