import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { commonWords } from '../words/common.ts';

interface ConfirmProps {
  title: string;
  text: string;
  action: string;
  isOpen: boolean;
  isBusy?: boolean;
  /** What is to be typed first, where it cannot be undone. */
  typed?: { label: string; value: string };
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks before what cannot be undone. */
export const Confirm = (props: ConfirmProps): ReactNode => {
  const { title, text, action, isOpen, isBusy = false, typed, onConfirm, onClose, children } = props;
  const [given, setGiven] = useState('');
  const isReady = typed === undefined || given === typed.value;
  return (
    <Modal opened={isOpen} onClose={onClose} title={title}>
      <Stack gap="sm">
        <Text>{text}</Text>
        {children}
        {typed && (
          <TextInput
            label={typed.label}
            value={given}
            autoComplete="off"
            onChange={event => setGiven(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {commonWords.cancel}
          </Button>
          <Button color="red" disabled={!isReady} loading={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
