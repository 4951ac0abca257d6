import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test } from 'vitest';
import { openReceiver, type ReceivedRow } from '../../../bin/demo/open-receiver.ts';
import { freePort } from '../../fixtures/free-port.ts';

const secret = `whsec_${Buffer.from('a secret of the test').toString('base64')}`;

const open = async () => {
  const rows: ReceivedRow[] = [];
  const receiver = await openReceiver({ host: '127.0.0.1', port: await freePort() }, row => rows.push(row));
  onTestFinished(() => receiver.close());
  const post = async (body: string, signedWith = secret): Promise<number> => {
    const at = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(signedWith).sign('msg_1', at, body),
    };
    return (await fetch(receiver.url, { method: 'POST', headers, body })).status;
  };
  return { receiver, rows, post };
};

const delivery = (added: object[], removed: object[] = []) => JSON.stringify({ data: { added, removed } });
const ada = { row: 'audience-1:profile-1:1', profileId: 'profile-1', customerId: 'ada' };

test('a row is told once, however often it is delivered, and a late one not at all', async () => {
  const { receiver, rows, post } = await open();
  receiver.trust(secret);
  const removal = { row: 'audience-1:profile-1:2', profileId: 'profile-1' };
  for (const body of [delivery([ada]), delivery([ada]), delivery([], [removal]), delivery([ada])]) {
    expect(await post(body)).toBe(204);
  }
  expect(rows.map(({ operation }) => operation)).toEqual(['added', 'removed']);
  expect(rows[0]).toMatchObject({ profileId: 'profile-1', customerId: 'ada' });
  expect(receiver.deliveries()).toEqual({ taken: 4, checked: 4, refused: 0 });
});

test.each([
  ['signed by somebody else', delivery([ada]), `whsec_${Buffer.from('another').toString('base64')}`, 401],
  ['no JSON', '{', secret, 400],
  ['something else', '{"data":{"added":7}}', secret, 400],
])('what is %s is refused and told to nobody', async (_name, body, signedWith, status) => {
  const { receiver, rows, post } = await open();
  receiver.trust(secret);
  expect(await post(body, signedWith)).toBe(status);
  expect(rows).toEqual([]);
  expect(receiver.deliveries()).toEqual({ taken: 0, checked: 0, refused: 1 });
});
