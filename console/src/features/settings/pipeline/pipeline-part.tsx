import { Badge, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatMoment, formatNumber } from '../../../lib/format.ts';
import { Answer } from '../../../ui/answer.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { usePipeline } from './use-pipeline.ts';

const words = settingsWords.pipeline;
const seconds = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

const behindOf = (lagMs: number | undefined): string =>
  lagMs === undefined ? formatNumber(undefined) : words.seconds(seconds.format(lagMs / 1000));

/** How far behind each stage of the pipeline is, always as of now. */
export const PipelinePart = (): ReactNode => {
  const query = usePipeline();
  return (
    <Answer query={query}>
      {({ stages, watermark }) => (
        <Stack gap="sm" maw={860}>
          <Text c="dimmed" role="status">
            {watermark ? words.watermark(formatMoment(watermark)) : words.noEvents}
          </Text>
          <Panel flush>
            <Table horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.stage}</Table.Th>
                  <Table.Th ta="right">{words.waiting}</Table.Th>
                  <Table.Th ta="right">{words.behind}</Table.Th>
                  <Table.Th ta="right">{words.failed}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {stages.map(({ name, depth, lagMs, dlq }) => (
                  <Table.Tr key={name}>
                    <Table.Td fw={500}>{name}</Table.Td>
                    <Table.Td ta="right">{formatNumber(depth)}</Table.Td>
                    <Table.Td ta="right">{behindOf(lagMs)}</Table.Td>
                    <Table.Td ta="right">
                      {dlq ? <Badge color="red">{formatNumber(dlq)}</Badge> : formatNumber(dlq)}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Panel>
        </Stack>
      )}
    </Answer>
  );
};
