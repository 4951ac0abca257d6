import { Drawer, SegmentedControl, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Answer } from '../../ui/answer.tsx';
import { JsonView } from '../../ui/json-view.tsx';
import { eventWords } from '../../words/events.ts';
import { EventProblems } from './event-problems.tsx';
import { PrettyEvent } from './pretty-event.tsx';
import { type EventTrace, useEvent } from './use-event.ts';

interface EventDrawerProps {
  eventId: string;
  onClose: () => void;
}

const words = eventWords.detail;
type View = 'pretty' | 'raw' | 'problems';

const shownViews: Record<View, (trace: EventTrace) => ReactNode> = {
  pretty: trace => <PrettyEvent trace={trace} />,
  raw: ({ raw, event }) => <JsonView value={raw ?? event} maxHeight={640} />,
  problems: trace => <EventProblems trace={trace} />,
};
const views = (Object.keys(shownViews) as View[]).map(value => ({ value, label: words[value] }));

/** One event: read, as it came, and what is wrong with it. */
export const EventDrawer = ({ eventId, onClose }: EventDrawerProps): ReactNode => {
  const query = useEvent(eventId);
  const [view, setView] = useState<View>('pretty');
  return (
    <Drawer opened onClose={onClose} title={words.title} position="right" size="lg">
      <Stack gap="md">
        <SegmentedControl
          aria-label={words.view}
          data={views}
          value={view}
          onChange={value => setView(value as View)}
        />
        <Answer query={query}>{shownViews[view]}</Answer>
      </Stack>
    </Drawer>
  );
};
