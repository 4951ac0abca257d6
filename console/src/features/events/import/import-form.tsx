import { Button, Group, NativeSelect, Progress, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ImportKind, ImportSpec } from '../../../../../core/model/import-spec.ts';
import { Failure } from '../../../ui/failure.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { eventWords } from '../../../words/events.ts';
import { ImportResult } from './import-result.tsx';
import { guessColumns, mappingOf, specOf } from './mapping.ts';
import { MappingTable } from './mapping-table.tsx';
import type { FileHead } from './read-head.ts';
import { useRunImport } from './use-run-import.ts';

interface ImportFormProps {
  file: File;
  head: FileHead;
}

const words = eventWords.import;
const choicesOf = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }));
type Dedupe = ImportSpec['dedupe'];

/** What a file is, and which column is what; then a trial, and the import. */
export const ImportForm = ({ file, head }: ImportFormProps): ReactNode => {
  const [kind, setKind] = useState<ImportKind>('profiles');
  const [columns, setColumns] = useState(() => guessColumns('profiles', head));
  const [fixedType, setFixedType] = useState('');
  const [dedupe, setDedupe] = useState<Dedupe>('row');
  const { run, progress } = useRunImport();
  const isCsv = head.format === 'csv';
  const choose = (chosen: ImportKind): void => {
    setKind(chosen);
    setColumns(guessColumns(chosen, head));
  };
  const go = (dryRun: boolean): void => {
    const mapping = isCsv ? mappingOf(columns, head, kind === 'events' ? fixedType : '') : undefined;
    run.mutate({ file, spec: specOf({ kind, format: head.format, dedupe, dryRun, source: 'console' }, mapping) });
  };
  return (
    <Stack gap="md">
      <Group align="flex-end" gap="sm">
        <NativeSelect
          label={words.kind}
          data={choicesOf(words.kinds)}
          value={kind}
          onChange={event => choose(event.currentTarget.value as ImportKind)}
        />
        {kind === 'events' && isCsv && (
          <TextInput
            label={words.fixedType}
            value={fixedType}
            onChange={event => setFixedType(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          label={words.dedupe}
          data={choicesOf(words.dedupes)}
          value={dedupe}
          onChange={event => setDedupe(event.currentTarget.value as Dedupe)}
        />
        <Button variant="default" loading={run.isPending} onClick={() => go(true)}>
          {words.dryRun}
        </Button>
        <Button loading={run.isPending} onClick={() => go(false)}>
          {words.start}
        </Button>
      </Group>
      {run.isPending && progress && (
        <Progress aria-label={words.bytes} value={progress.total === 0 ? 0 : (progress.done / progress.total) * 100} />
      )}
      {run.isError && <Failure failure={run.error} />}
      {run.data && <ImportResult told={run.data} />}
      <Panel title={words.mapping} flush={isCsv}>
        {isCsv ? (
          <MappingTable kind={kind} head={head} columns={columns} onChange={setColumns} />
        ) : (
          <Text c="dimmed">{words.jsonlHint}</Text>
        )}
      </Panel>
    </Stack>
  );
};
