import { expect, test } from 'vitest';
import { sharedDynamoDb } from '../../../fixtures/dynamodb.ts';
import { openPlatform } from '../../../fixtures/open-platform.ts';

test('of 50 creates at once with one address exactly one wins, and all others name it', async () => {
  const platform = await openPlatform({ dynamodb: await sharedDynamoDb() });
  for (let round = 0; round < 3; round += 1) {
    const body = { email: `round-${round}-${platform.services.newId('x')}@example.com`, firstName: 'Ada' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => platform.call('createProfile', { body })));
    const [winner, ...others] = answers.filter(({ status }) => status === 201);
    expect(others).toEqual([]);
    const id = winner?.data.id;
    const losers = answers.filter(answer => answer !== winner);
    expect(losers.map(({ status, error }) => [status, error.existingProfileId])).toEqual(losers.map(() => [409, id]));
    const { data } = await platform.call('lookupProfile', { query: { type: 'email', value: body.email } });
    expect(data).toEqual(winner?.data);
  }
});
