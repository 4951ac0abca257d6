import { Autocomplete, Button, Group, Modal, NativeSelect, Stack, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { jsonObjectOf } from '../../../lib/json-object-of.ts';
import { Failure } from '../../../ui/failure.tsx';
import { noticeDone } from '../../../ui/notices.tsx';
import { commonWords } from '../../../words/common.ts';
import { eventWords } from '../../../words/events.ts';
import type { PlannedType } from './use-plan.ts';
import { useSetSchema } from './use-set-schema.ts';

interface SchemaDialogProps {
  /** Absent: a new type. */
  planned: PlannedType | undefined;
  onClose: () => void;
}

const words = eventWords.plan;
const firstSchema = { type: 'object', required: [], properties: {} };
type Mode = PlannedType['mode'];

/** Says what the properties of a type should be. */
export const SchemaDialog = ({ planned, onClose }: SchemaDialogProps): ReactNode => {
  const [eventType, setEventType] = useState(planned?.eventType ?? '');
  const [mode, setMode] = useState<Mode>(planned?.mode ?? 'observe');
  const [text, setText] = useState(() => JSON.stringify(planned?.schema ?? firstSchema, null, 2));
  const set = useSetSchema();
  const schema = jsonObjectOf(text);
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    if (schema === undefined) return;
    set.mutate(
      { eventType, mode, schema: schema as PlannedType['schema'] },
      {
        onSuccess: () => {
          noticeDone(words.saved);
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={words.editTitle} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Autocomplete
            label={words.eventType}
            size="xs"
            required
            disabled={planned !== undefined}
            value={eventType}
            onChange={setEventType}
          />
          <NativeSelect
            label={words.mode}
            data={Object.entries(words.modes).map(([value, label]) => ({ value, label }))}
            value={mode}
            onChange={event => setMode(event.currentTarget.value as Mode)}
          />
          <Textarea
            label={words.schema}
            autosize
            minRows={8}
            maxRows={20}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
            error={schema === undefined && words.schemaFault}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          {set.isError && <Failure failure={set.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {commonWords.cancel}
            </Button>
            <Button type="submit" loading={set.isPending} disabled={schema === undefined || eventType === ''}>
              {commonWords.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
