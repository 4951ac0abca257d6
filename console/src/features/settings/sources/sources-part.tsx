import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useMay } from '../../../lib/session.tsx';
import { Answer } from '../../../ui/answer.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { HiddenHead } from '../../../ui/hidden-head.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SecretOnce } from '../../../ui/secret-once.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { NewSourceDialog } from './new-source-dialog.tsx';
import { SourceRow } from './source-row.tsx';
import { useSources } from './use-sources.ts';

const words = settingsWords.sources;

/** Where events come from, and how that goes. */
export const SourcesPart = (): ReactNode => {
  const query = useSources();
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const mayAdmin = useMay('admin');
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text c="dimmed">{words.hint}</Text>
        {mayAdmin && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
            {words.create}
          </Button>
        )}
      </Group>
      {secret && <SecretOnce title={words.keyTitle} secret={secret} />}
      <Answer query={query}>
        {sources =>
          sources.length === 0 ? (
            <Empty title={words.none} />
          ) : (
            <Panel flush>
              <Table horizontalSpacing="md">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{settingsWords.name}</Table.Th>
                    <Table.Th ta="right">{words.rate}</Table.Th>
                    <Table.Th ta="right">{words.errors}</Table.Th>
                    <Table.Th ta="right">{words.accepted}</Table.Th>
                    <Table.Th ta="right">{words.rejected}</Table.Th>
                    <Table.Th ta="right">{words.quarantined}</Table.Th>
                    <Table.Th>{words.lastSeen}</Table.Th>
                    <Table.Th>{settingsWords.state}</Table.Th>
                    <HiddenHead>{words.test}</HiddenHead>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {sources.map(source => (
                    <SourceRow key={source.id} source={source} />
                  ))}
                </Table.Tbody>
              </Table>
            </Panel>
          )
        }
      </Answer>
      {isMaking && <NewSourceDialog onMade={setSecret} onClose={() => setMaking(false)} />}
    </Stack>
  );
};
