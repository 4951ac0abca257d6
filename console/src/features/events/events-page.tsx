import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../../ui/page.tsx';
import { Parts, usePart } from '../../ui/parts.tsx';
import { eventWords as words } from '../../words/events.ts';
import { EventDrawer } from './event-drawer.tsx';
import type { EventPart, EventSearch } from './event-search.ts';
import { HistoryPart } from './history/history-part.tsx';
import { ImportPart } from './import/import-part.tsx';
import { LivePart } from './live/live-part.tsx';
import { PlanPart } from './plan/plan-part.tsx';
import { QuarantinePart } from './quarantine/quarantine-part.tsx';

const partNames = Object.keys(words.parts) as EventPart[];
const partLinks = Object.entries(words.parts);

/** What happens, what has happened, what could not have its effect, and how more comes in. */
export const EventsPage = (): ReactNode => {
  const search = useSearch({ strict: false }) as EventSearch;
  const navigate = useNavigate();
  const part = usePart(partNames, 'live');
  const ask = (changes: EventSearch): void =>
    void navigate({ to: '/events', search: { ...search, ...changes } as Record<string, string>, replace: true });
  const open = (event: string): void => ask({ event });
  const shownParts: Record<EventPart, ReactNode> = {
    live: <LivePart search={search} onSearch={ask} onOpen={open} />,
    history: <HistoryPart search={search} onSearch={ask} onOpen={open} />,
    quarantine: <QuarantinePart />,
    import: <ImportPart />,
    plan: <PlanPart />,
  };
  return (
    <Page title={words.title} parts={<Parts label={words.partsLabel} parts={partLinks} />}>
      {shownParts[part]}
      {search.event !== undefined && (
        <EventDrawer eventId={String(search.event)} onClose={() => ask({ event: undefined })} />
      )}
    </Page>
  );
};
