import { parseArgs } from 'node:util';
import { ApiError } from '../../core/contract/api-error.ts';
import { openClient } from '../../core/contract/client.ts';
import { startDynamoDb } from '../fixtures/dynamodb.ts';
import { openPlatform } from '../fixtures/open-platform.ts';
import type { Verify } from './run.ts';

const rounds = 50;
const creates = 200;

/** How one create ended: the id of the new profile, the id that the conflict names, or anything else. */
type Outcome = { created: string } | { conflictsWith: string } | { other: string };
type Create = (email: string) => Promise<Outcome>;

const overHttp = (url: string, key: string): Create => {
  const client = openClient({ baseUrl: url, key });
  return async email => {
    try {
      return { created: (await client.createProfile({ body: { email } })).id };
    } catch (fault) {
      if (!(fault instanceof ApiError)) throw fault;
      const { existingProfileId } = fault.extra;
      return fault.status === 409 ? { conflictsWith: String(existingProfileId) } : { other: fault.message };
    }
  };
};

/** The real handlers over the embedded DynamoDB. */
const inProcess = async (): Promise<{ create: Create; stop: () => Promise<void> }> => {
  const dynamodb = await startDynamoDb();
  const platform = await openPlatform({ dynamodb });
  const create: Create = async email => {
    const answer = await platform.call('createProfile', { body: { email } });
    if (answer.status === 201) return { created: answer.data.id };
    return answer.status === 409
      ? { conflictsWith: String(answer.error.existingProfileId) }
      : { other: `${answer.status}` };
  };
  return { create, stop: () => dynamodb.stop() };
};

interface Tally {
  winners: number;
  conflicts: number;
  others: number;
}

const tally = (outcomes: readonly Outcome[]): Tally => {
  const winners = outcomes.flatMap(outcome => ('created' in outcome ? [outcome.created] : []));
  const [winner] = winners;
  const conflicts = outcomes.filter(outcome => 'conflictsWith' in outcome && outcome.conflictsWith === winner).length;
  return { winners: winners.length, conflicts, others: outcomes.length - winners.length - conflicts };
};

/** As many creates with one address at once as a rush brings: one wins each round, and all others are told who. */
export const verify: Verify = async flags => {
  const { values } = parseArgs({ args: flags, options: { url: { type: 'string' }, key: { type: 'string' } } });
  const running = values.url ? undefined : await inProcess();
  const create = running?.create ?? overHttp(values.url ?? '', values.key ?? '');
  const found: Tally[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const email = `round-${round}-${Date.now()}@example.com`;
      found.push(tally(await Promise.all(Array.from({ length: creates }, () => create(email)))));
    }
  } finally {
    await running?.stop();
  }
  const sum = (name: keyof Tally) => found.reduce((total, one) => total + one[name], 0);
  const figure = `${sum('winners')} winners, ${sum('conflicts')} conflicts naming the winner, ${sum('others')} others`;
  return {
    line: `concurrent-creates: ${rounds} rounds, ${figure}`,
    holds: found.every(({ winners, others }) => winners === 1 && others === 0),
  };
};
