import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useExplanation } from '../lib/use-explanation.ts';
import { explanationWords } from '../words/explanation.ts';
import { Answer } from './answer.tsx';
import { ExplanationView } from './explanation-view.tsx';

interface ExplainDialogProps {
  segmentId: string;
  profileId: string;
  onClose: () => void;
}

/** Why somebody is in a segment, or not. */
export const ExplainDialog = ({ segmentId, profileId, onClose }: ExplainDialogProps): ReactNode => {
  const query = useExplanation(segmentId, profileId);
  return (
    <Modal opened onClose={onClose} title={explanationWords.title} size="lg">
      <Answer query={query}>{explanation => <ExplanationView explanation={explanation} />}</Answer>
    </Modal>
  );
};
