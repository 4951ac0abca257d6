import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useMay } from '../../../lib/session.tsx';
import { Answer } from '../../../ui/answer.tsx';
import { noticeDone, noticeFailure } from '../../../ui/notices.tsx';
import { profileWords } from '../../../words/profiles.ts';
import { Evidence } from './evidence.tsx';
import { SideBySide } from './side-by-side.tsx';
import { useBoth } from './use-both.ts';
import { useDecide } from './use-decide.ts';
import type { Pair } from './use-pairs.ts';

const words = profileWords.queue;
type Decision = 'merge' | 'reject' | 'defer';

/** Both side by side, what speaks for one person, and the decision. */
export const PairView = ({ pair }: { pair: Pair }): ReactNode => {
  const both = useBoth(pair.profileIds);
  const decide = useDecide(pair.id);
  const [survivor, setSurvivor] = useState(pair.profileIds[0]);
  const [note, setNote] = useState('');
  const mayWrite = useMay('write');
  const isOpen = pair.status === 'open' || pair.status === 'deferred' || pair.status === 'blocked';
  const take = (decision: Decision): void =>
    decide.mutate(
      {
        decision,
        ...(decision === 'merge' ? { primaryProfileId: survivor } : {}),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      },
      { onSuccess: () => noticeDone(words.decided[decision] ?? ''), onError: noticeFailure },
    );
  return (
    <Stack gap="md" miw={0} style={{ overflow: 'auto' }}>
      {pair.block && <Alert color="yellow">{words.blockedBy(pair.block.replaceAll('_', ' '))}</Alert>}
      <Answer query={both}>
        {([one, other]) => <SideBySide profiles={[one, other]} survivor={survivor} onSurvivor={setSurvivor} />}
      </Answer>
      {mayWrite && isOpen && (
        <Group gap="xs" align="flex-end">
          <TextInput label={words.note} flex={1} value={note} onChange={event => setNote(event.currentTarget.value)} />
          <Button variant="default" onClick={() => take('defer')}>
            {words.defer}
          </Button>
          <Button variant="default" onClick={() => take('reject')}>
            {words.reject}
          </Button>
          <Button loading={decide.isPending} onClick={() => take('merge')}>
            {words.merge}
          </Button>
        </Group>
      )}
      <Evidence trace={pair.trace} />
    </Stack>
  );
};
