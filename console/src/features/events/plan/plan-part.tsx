import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useMay } from '../../../lib/session.tsx';
import { Answer } from '../../../ui/answer.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { commonWords } from '../../../words/common.ts';
import { eventWords } from '../../../words/events.ts';
import { PlanTable } from './plan-table.tsx';
import { SchemaDialog } from './schema-dialog.tsx';
import { useDeleteSchema } from './use-delete-schema.ts';
import { type PlannedType, usePlan } from './use-plan.ts';

const words = eventWords.plan;

/** What events of each type should say, and how often they do not. */
export const PlanPart = (): ReactNode => {
  const query = usePlan();
  const remove = useDeleteSchema();
  const [edited, setEdited] = useState<PlannedType | 'new'>();
  const [leaving, setLeaving] = useState<PlannedType>();
  const mayWrite = useMay('write');
  const confirm = (): void => {
    if (leaving === undefined) return;
    remove.mutate(leaving.eventType, {
      onError: noticeFailure,
      onSuccess: () => noticeDone(words.removed),
      onSettled: () => setLeaving(undefined),
    });
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text c="dimmed">{words.hint}</Text>
        {mayWrite && (
          <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => setEdited('new')}>
            {words.add}
          </Button>
        )}
      </Group>
      <Answer query={query}>
        {types =>
          types.length === 0 ? (
            <Empty title={words.none} hint={words.noneHint} />
          ) : (
            <PlanTable types={types} onEdit={mayWrite ? setEdited : undefined} onRemove={setLeaving} />
          )
        }
      </Answer>
      {edited && <SchemaDialog planned={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
      <Confirm
        title={words.deleteTitle}
        text={words.deleteText}
        action={commonWords.remove}
        isOpen={leaving !== undefined}
        isBusy={remove.isPending}
        onConfirm={confirm}
        onClose={() => setLeaving(undefined)}
      />
    </Stack>
  );
};
