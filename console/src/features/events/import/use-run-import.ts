import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportSpec } from '../../../../../core/model/import-spec.ts';
import { useCdp } from '../../../lib/session.tsx';

const mayFollow = ['completed', 'failed', 'cancelled'];
const askMilliseconds = 500;
const pause = (): Promise<void> => new Promise(resolve => setTimeout(resolve, askMilliseconds));

type Progress = { done: number; total: number };

/** Uploads a file, begins the import, and follows it to its end. */
export const useRunImport = () => {
  const cdp = useCdp();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress>();
  const follow = async (id: string): Promise<Awaited<ReturnType<typeof cdp.getImport>>> => {
    const told = await cdp.getImport({ params: { id } });
    setProgress(told.progress);
    if (mayFollow.includes(told.status)) return told;
    await pause();
    return follow(id);
  };
  const run = useMutation({
    mutationFn: async ({ file, spec }: { file: File; spec: ImportSpec }) => {
      setProgress(undefined);
      const { jobId, uploadUrl } = await cdp.createImport({ body: { ...spec, fileName: file.name } });
      const uploaded = await fetch(uploadUrl, { method: 'PUT', body: file });
      if (!uploaded.ok) throw new Error(`The upload was answered ${uploaded.status}.`);
      await cdp.startImport({ params: { id: jobId } });
      return follow(jobId);
    },
    onSuccess: () => queries.invalidateQueries(),
  });
  return { run, progress };
};
export type ImportTold = NonNullable<ReturnType<typeof useRunImport>['run']['data']>;
