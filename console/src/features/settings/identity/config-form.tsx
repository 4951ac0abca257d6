import { Button, Group, NumberInput, SimpleGrid, Stack, Switch, Title } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { IdentityConfig } from '../../../../../core/model/identity-config.ts';
import { useMay } from '../../../lib/session.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { SimulationView } from './simulation-view.tsx';
import type { ShownConfig } from './use-identity-config.ts';
import { useSaveConfig } from './use-save-config.ts';
import { useSimulate } from './use-simulate.ts';

interface ConfigFormProps {
  config: ShownConfig;
  etag: string | null;
}

const words = settingsWords.identity;
const numbers = ['autoMergeThreshold', 'manualReviewThreshold', 'automaticMergesPerDayMax'] as const;
const switches = ['probabilisticMatching', 'providerAwareEmail'] as const;
type Edited = Pick<IdentityConfig, (typeof numbers)[number] | (typeof switches)[number] | 'weights'>;

const editedOf = (config: ShownConfig): Edited => {
  const { autoMergeThreshold, manualReviewThreshold, automaticMergesPerDayMax, weights } = config;
  const { probabilisticMatching, providerAwareEmail } = config;
  return {
    autoMergeThreshold,
    manualReviewThreshold,
    automaticMergesPerDayMax,
    weights,
    probabilisticMatching,
    providerAwareEmail,
  };
};

/** The configuration to be changed: simulated first, then saved. */
export const ConfigForm = ({ config, etag }: ConfigFormProps): ReactNode => {
  const [edited, setEdited] = useState(() => editedOf(config));
  const simulate = useSimulate();
  const save = useSaveConfig();
  const mayAdmin = useMay('admin');
  const put = (changes: Partial<Edited>): void => setEdited(current => ({ ...current, ...changes }));
  const submit = (submission: FormEvent): void => {
    submission.preventDefault();
    save.mutate({ config: edited, etag });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Panel>
          <Stack gap="sm">
            <SimpleGrid cols={3}>
              {numbers.map(name => (
                <NumberInput
                  key={name}
                  label={words[name]}
                  min={0}
                  value={edited[name]}
                  onChange={value => put({ [name]: Number(value) })}
                />
              ))}
            </SimpleGrid>
            {switches.map(name => (
              <Switch
                key={name}
                label={words[name]}
                checked={edited[name]}
                onChange={event => put({ [name]: event.currentTarget.checked })}
              />
            ))}
            <Title order={2}>{words.weights}</Title>
            <SimpleGrid cols={4}>
              {(Object.keys(edited.weights) as (keyof Edited['weights'])[]).map(name => (
                <NumberInput
                  key={name}
                  label={name}
                  min={0}
                  value={edited.weights[name]}
                  onChange={value => put({ weights: { ...edited.weights, [name]: Number(value) } })}
                />
              ))}
            </SimpleGrid>
            <Group justify="flex-end" gap="xs">
              <Button variant="default" loading={simulate.isPending} onClick={() => simulate.mutate(edited)}>
                {words.simulate}
              </Button>
              {mayAdmin && (
                <Button type="submit" loading={save.isPending}>
                  {words.save}
                </Button>
              )}
            </Group>
          </Stack>
        </Panel>
        {simulate.isError && <Failure failure={simulate.error} />}
        {save.isError && <Failure failure={save.error} />}
        {simulate.data && <SimulationView simulated={simulate.data} />}
      </Stack>
    </form>
  );
};
