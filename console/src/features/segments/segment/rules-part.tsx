import { Alert, Button, Group as Row, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiError } from '../../../../../core/contract/api-error.ts';
import type { Segment } from '../../../../../core/contract/segments.ts';
import { useMay } from '../../../lib/session.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { noticeDone } from '../../../ui/notices.tsx';
import { segmentWords as words } from '../../../words/segments.ts';
import { groupOfRules } from '../builder/group-of-rules.ts';
import { SegmentBuilder } from '../builder/segment-builder.tsx';
import { useUpdateSegment } from './use-update-segment.ts';

interface RulesPartProps {
  segment: Segment;
  etag: string | null;
}

/** The rules of a segment, to be changed. */
export const RulesPart = ({ segment, etag }: RulesPartProps): ReactNode => {
  const [name, setName] = useState(segment.name);
  const [description, setDescription] = useState(segment.description ?? '');
  const [rules, setRules] = useState(() => groupOfRules(segment.rules));
  const update = useUpdateSegment(segment.id);
  const mayWrite = useMay('write');
  const isManual = segment.type === 'manual';
  const isLost = update.error instanceof ApiError && update.error.status === 412;
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    const changed = isManual ? {} : { rules };
    update.mutate(
      { body: { name, description: description || null, ...changed }, etag },
      { onSuccess: () => noticeDone(words.saved) },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {isLost && <Alert color="yellow">{words.lost}</Alert>}
        {update.isError && !isLost && <Failure failure={update.error} />}
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
          {mayWrite && (
            <Button type="submit" loading={update.isPending}>
              {words.save}
            </Button>
          )}
        </Row>
        {!isManual && <SegmentBuilder rules={rules} onChange={setRules} />}
      </Stack>
    </form>
  );
};
