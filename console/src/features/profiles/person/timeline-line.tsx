import { Box, Group, Text, UnstyledButton } from '@mantine/core';
import {
  IconArrowsJoin,
  IconArrowsSplit,
  IconBolt,
  IconFilter,
  IconFilterOff,
  IconShieldCheck,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatMinute, formatValue } from '../../../lib/format.ts';
import { Ago } from '../../../ui/ago.tsx';
import { JsonView } from '../../../ui/json-view.tsx';
import { profileWords } from '../../../words/profiles.ts';
import styles from './timeline-line.module.css';
import type { TimelineEntry } from './use-timeline.ts';

interface TimelineLineProps {
  entry: TimelineEntry;
  segmentName: (id: string) => string;
}

const words = profileWords.timeline;
const shownProperties = 3;

const icons = {
  event: IconBolt,
  consent: IconShieldCheck,
  merge: IconArrowsJoin,
  unmerge: IconArrowsSplit,
  segment_entered: IconFilter,
  segment_exited: IconFilterOff,
};

const titleOf = (entry: TimelineEntry, segmentName: (id: string) => string): string => {
  switch (entry.kind) {
    case 'event':
      return entry.event.type;
    case 'consent':
      return words.consented;
    case 'merge':
      return words.merged(entry.merge.mergedId);
    case 'unmerge':
      return words.unmerged(entry.merge.mergedId);
    case 'segment_entered':
      return words.entered(segmentName(entry.segmentId));
    case 'segment_exited':
      return words.left(segmentName(entry.segmentId));
  }
};

const inShort = (said: Record<string, unknown>): string =>
  Object.entries(said)
    .filter(([, value]) => typeof value !== 'object')
    .slice(0, shownProperties)
    .map(([name, value]) => `${name} ${formatValue(value)}`)
    .join(' · ');

const detailOf = (entry: TimelineEntry): string => {
  if (entry.kind === 'event') return inShort(entry.event.properties);
  return entry.kind === 'consent' ? `${inShort(entry.consent.changes)} · ${entry.consent.source}` : '';
};

/** One thing that happened; an event opens to all that it said. */
export const TimelineLine = ({ entry, segmentName }: TimelineLineProps): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  const Icon = icons[entry.kind];
  const title = titleOf(entry, segmentName);
  return (
    <Box className={styles.line}>
      <Icon size={15} className={styles.icon} aria-hidden />
      <Box miw={0} flex={1}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          {entry.kind === 'event' ? (
            <UnstyledButton fz="sm" fw={500} aria-expanded={isOpen} onClick={() => setOpen(open => !open)}>
              {title}
            </UnstyledButton>
          ) : (
            <Text fw={500}>{title}</Text>
          )}
          <Text size="xs" c="dimmed" title={formatMinute(entry.at)} className={styles.when}>
            <Ago at={entry.at} />
          </Text>
        </Group>
        <Text size="xs" c="dimmed" truncate>
          {detailOf(entry)}
        </Text>
        {isOpen && entry.kind === 'event' && <JsonView value={entry.event} />}
      </Box>
    </Box>
  );
};
