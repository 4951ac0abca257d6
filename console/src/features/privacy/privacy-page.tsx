import type { ReactNode } from 'react';
import { Page } from '../../ui/page.tsx';
import { Parts, usePart } from '../../ui/parts.tsx';
import { privacyWords as words } from '../../words/privacy.ts';
import { AuditPart } from './audit-part.tsx';
import { CcpaPart } from './ccpa-part.tsx';
import { ConsentPart } from './consent-part.tsx';

type PartName = keyof typeof words.parts;
const partNames = Object.keys(words.parts) as PartName[];
const partLinks = Object.entries(words.parts);

const shownParts: Record<PartName, () => ReactNode> = {
  consent: () => <ConsentPart />,
  audit: () => <AuditPart />,
  ccpa: () => <CcpaPart />,
};

/** What people consent to, who read what about them, and who objects. */
export const PrivacyPage = (): ReactNode => {
  const part = usePart(partNames, 'consent');
  return (
    <Page title={words.title} parts={<Parts label={words.partsLabel} parts={partLinks} />}>
      {shownParts[part]()}
    </Page>
  );
};
