import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { Answer } from '../../../ui/answer.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { SecretOnce } from '../../../ui/secret-once.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { KeyTable } from './key-table.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { type ShownKey, useKeys } from './use-keys.ts';
import { useRevokeKey } from './use-revoke-key.ts';
import { useRotateKey } from './use-rotate-key.ts';

const words = settingsWords.keys;

/** The keys of the API: made, rotated, revoked. */
export const KeysPart = (): ReactNode => {
  const query = useKeys();
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const [leaving, setLeaving] = useState<ShownKey>();
  const rotate = useRotateKey();
  const revoke = useRevokeKey();
  const confirm = (): void => {
    if (leaving) revoke.mutate(leaving.id, { onSettled: () => setLeaving(undefined) });
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text c="dimmed">{words.hint}</Text>
        <Button leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
          {words.create}
        </Button>
      </Group>
      {secret && <SecretOnce title={words.keyTitle} secret={secret} />}
      <Answer query={query}>
        {keys => (
          <KeyTable
            keys={keys}
            onRotate={id => rotate.mutate(id, { onSuccess: ({ key }) => setSecret(key) })}
            onRevoke={setLeaving}
          />
        )}
      </Answer>
      {isMaking && <NewKeyDialog onMade={setSecret} onClose={() => setMaking(false)} />}
      <Confirm
        title={words.revokeTitle}
        text={words.revokeText}
        action={words.revoke}
        isOpen={leaving !== undefined}
        isBusy={revoke.isPending}
        onConfirm={confirm}
        onClose={() => setLeaving(undefined)}
      />
    </Stack>
  );
};
