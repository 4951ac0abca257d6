import { Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useMay } from '../../../lib/session.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { commonWords } from '../../../words/common.ts';
import { eventWords } from '../../../words/events.ts';
import { ChooseFile } from './choose-file.tsx';
import { ImportForm } from './import-form.tsx';
import { type FileHead, readHead } from './read-head.ts';

interface Chosen {
  file: File;
  head: FileHead;
}

const words = eventWords.import;

/** Brings in a file: which column is what, what would come of it, and the import itself. */
export const ImportPart = (): ReactNode => {
  const [chosen, setChosen] = useState<Chosen>();
  if (!useMay('write'))
    return <Empty title={commonWords.failures[403]?.[0] ?? ''} hint={commonWords.failures[403]?.[1]} />;
  const choose = (file: File): void => {
    void readHead(file).then(head => setChosen({ file, head }));
  };
  return (
    <Stack gap="md" maw={860}>
      <ChooseFile name={chosen?.file.name} onChoose={choose} />
      {chosen && chosen.head.columns.length === 0 && <Empty title={words.empty} />}
      {chosen && chosen.head.columns.length > 0 && (
        <ImportForm key={`${chosen.file.name} ${chosen.file.lastModified}`} file={chosen.file} head={chosen.head} />
      )}
    </Stack>
  );
};
