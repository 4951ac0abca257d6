import { IconFileUpload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { eventWords } from '../../../words/events.ts';
import styles from './choose-file.module.css';

interface ChooseFileProps {
  name: string | undefined;
  onChoose: (file: File) => void;
}

/** A place to choose a file, or to drop one. */
export const ChooseFile = ({ name, onChoose }: ChooseFileProps): ReactNode => (
  <label className={styles.place}>
    <IconFileUpload size={18} aria-hidden />
    <span>{name ?? eventWords.import.choose}</span>
    <input
      type="file"
      className={styles.file}
      accept=".csv,.tsv,.jsonl,.ndjson,.json,text/csv,application/x-ndjson"
      onChange={({ currentTarget: { files } }) => {
        const file = files?.[0];
        if (file) onChoose(file);
      }}
    />
  </label>
);
