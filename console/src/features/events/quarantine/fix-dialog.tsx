import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { EventPatch } from '../../../../../core/model/event-patch.ts';
import { formatNumber } from '../../../lib/format.ts';
import { jsonObjectOf } from '../../../lib/json-object-of.ts';
import { Failure } from '../../../ui/failure.tsx';
import { JsonView } from '../../../ui/json-view.tsx';
import { noticeDone } from '../../../ui/notices.tsx';
import { commonWords } from '../../../words/common.ts';
import { eventWords } from '../../../words/events.ts';
import type { KeptAside } from './use-quarantine.ts';
import { useRedrive } from './use-redrive.ts';

interface FixDialogProps {
  kept: KeptAside;
  onClose: () => void;
}

const words = eventWords.quarantine;

/** Mends an event that is kept aside: tries a change, and sends the event on. */
export const FixDialog = ({ kept, onClose }: FixDialogProps): ReactNode => {
  const [text, setText] = useState(() => JSON.stringify({ properties: {} }, null, 2));
  const redrive = useRedrive();
  const patch = jsonObjectOf(text);
  const tried = redrive.variables?.dryRun ? redrive.data : undefined;
  const go = (dryRun: boolean): void =>
    redrive.mutate(
      { ids: [kept.id], patch: patch as EventPatch, dryRun },
      {
        onSuccess: ({ redriven, stillQuarantined }) => {
          if (dryRun) return;
          noticeDone(words.redriven(formatNumber(redriven), formatNumber(stillQuarantined)));
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={words.fixTitle} size="lg">
      <Stack gap="sm">
        <Text c="dimmed">
          {words.columns.reason}: {kept.reason.replaceAll('_', ' ')}
        </Text>
        <JsonView value={kept.event} maxHeight={220} />
        <Textarea
          label={words.patch}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          error={patch === undefined && words.patchFault}
          autosize
          minRows={4}
          maxRows={10}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          data-autofocus
        />
        {tried && (
          <Alert color={tried.stillQuarantined > 0 ? 'yellow' : 'teal'} role="status">
            {words.wouldPass(formatNumber(tried.redriven), formatNumber(tried.stillQuarantined))}
            {tried.examples.map(({ id, reason, detail }) => (
              <Text key={id} size="xs">
                {reason.replaceAll('_', ' ')} {detail}
              </Text>
            ))}
          </Alert>
        )}
        {redrive.isError && <Failure failure={redrive.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {commonWords.cancel}
          </Button>
          <Button variant="default" disabled={patch === undefined} loading={redrive.isPending} onClick={() => go(true)}>
            {words.tryIt}
          </Button>
          <Button disabled={patch === undefined} loading={redrive.isPending} onClick={() => go(false)}>
            {words.redrive}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
