import { Button, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatNumber } from '../../lib/format.ts';
import { wordsOfFailure } from '../../ui/words-of-failure.ts';
import { privacyWords } from '../../words/privacy.ts';
import { useVerifyAudit } from './use-verify-audit.ts';

const words = privacyWords.audit;

type Verified = NonNullable<ReturnType<typeof useVerifyAudit>['data']>;

const outcomeOf = ({ ok, checked, firstBroken }: Verified): string =>
  ok || firstBroken === undefined
    ? words.holds(formatNumber(checked))
    : words.broken(`${firstBroken.partition} ${firstBroken.index}`, firstBroken.reason);

/** Checks that nobody has changed the log. */
export const ChainCheck = (): ReactNode => {
  const verify = useVerifyAudit();
  const { data, error } = verify;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={15} />}
        loading={verify.isPending}
        onClick={() => verify.mutate()}
      >
        {words.verify}
      </Button>
      <Text role="status" pb={5} c={data?.ok === false || error ? 'var(--mantine-color-error)' : undefined}>
        {data && outcomeOf(data)}
        {error && wordsOfFailure(error).title}
      </Text>
    </>
  );
};
