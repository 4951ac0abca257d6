import { Stack, Table, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { Figure, Figures } from '../../../ui/figure.tsx';
import { Link } from '../../../ui/link.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { settingsWords } from '../../../words/settings.ts';
import type { Simulated } from './use-simulate.ts';

const words = settingsWords.identity;

/** What a change would come to, counted on a sample, with examples. */
export const SimulationView = ({ simulated }: { simulated: Simulated }): ReactNode => (
  <Stack gap="sm" role="status">
    <Title order={2}>{words.result}</Title>
    <Figures>
      <Figure label={words.sampled} value={formatNumber(simulated.sampled)} />
      <Figure label={words.merges} value={formatNumber(simulated.merges)} />
      <Figure label={words.mergesNow} value={formatNumber(simulated.mergesNow)} />
      <Figure label={words.reviews} value={formatNumber(simulated.reviews)} />
      <Figure label={words.reviewDelta} value={formatNumber(simulated.reviewDelta)} />
      <Figure label={words.blocked} value={formatNumber(simulated.blocked)} />
    </Figures>
    {simulated.examples.length > 0 && (
      <Panel title={words.examples} flush>
        <Table horizontalSpacing="md">
          <Table.Tbody>
            {simulated.examples.map(({ profileIds: [one, other], before, after }) => (
              <Table.Tr key={`${one} ${other}`}>
                <Table.Td>
                  <Link to="/profiles/$profileId" params={{ profileId: one }}>
                    {one}
                  </Link>
                  <br />
                  <Link to="/profiles/$profileId" params={{ profileId: other }}>
                    {other}
                  </Link>
                </Table.Td>
                <Table.Td>
                  {words.before}: {before.action} {formatNumber(before.score)}
                </Table.Td>
                <Table.Td>
                  {words.after}: {after.action} {formatNumber(after.score)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Panel>
    )}
  </Stack>
);
