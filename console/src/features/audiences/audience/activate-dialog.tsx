import { Button, Group, Modal, NativeSelect, Radio, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type Platform, platformNames } from '../../../../../core/model/platform-config.ts';
import { Answer } from '../../../ui/answer.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { noticeDone } from '../../../ui/notices.tsx';
import { audienceWords as words } from '../../../words/audiences.ts';
import { commonWords } from '../../../words/common.ts';
import { PlanView } from './plan-view.tsx';
import { type Operation, useActivate } from './use-activate.ts';
import type { ShownAudience } from './use-audience.ts';
import { usePlan } from './use-plan.ts';

interface ActivateDialogProps {
  audience: ShownAudience;
  onClose: () => void;
}

const platformsOf = ({ platforms }: ShownAudience): Platform[] =>
  platformNames.filter(name => platforms.includes(name));

/** Sends an audience, after it was shown who would be sent. */
export const ActivateDialog = ({ audience, onClose }: ActivateDialogProps): ReactNode => {
  const [platform, setPlatform] = useState<Platform>(platformsOf(audience)[0] ?? 'webhook');
  const [operation, setOperation] = useState<Operation>('add');
  const plan = usePlan(audience.id, platform, operation);
  const activate = useActivate(audience.id);
  const send = (): void =>
    activate.mutate(
      { platform, operation },
      {
        onSuccess: () => {
          noticeDone(words.activated);
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={words.activateTitle} size="lg">
      <Stack gap="md">
        <NativeSelect
          label={words.platform}
          data={platformsOf(audience)}
          value={platform}
          onChange={event => setPlatform(event.currentTarget.value as Platform)}
        />
        <Radio.Group label={words.operation} value={operation} onChange={value => setOperation(value as Operation)}>
          <Stack gap={6} mt={4}>
            {Object.entries(words.operations).map(([value, label]) => (
              <Radio key={value} value={value} label={label} size="xs" />
            ))}
          </Stack>
        </Radio.Group>
        <Answer query={plan} lines={3}>
          {planned => <PlanView planned={planned} />}
        </Answer>
        {activate.isError && <Failure failure={activate.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {commonWords.cancel}
          </Button>
          <Button disabled={plan.data === undefined} loading={activate.isPending} onClick={send}>
            {words.send}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
