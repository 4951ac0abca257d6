import { describe, expect, test } from 'vitest';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import { webhookFacts } from '../../../core/flows/webhook-facts.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { defaultIdentityConfig } from '../../../core/model/identity-config.ts';
import type { AttributesPatch } from '../../../core/model/profile.ts';
import { pairIdOf } from '../../../core/model/profile-pair.ts';
import { someEvent } from '../../fixtures/profile-states.ts';
import { differences, Loop, type LoopOptions } from '../../fixtures/run-loop.ts';

const rosa: AttributesPatch = {
  firstName: 'Rosa',
  lastName: 'Pendalfar',
  birthDate: '1971-05-23',
  city: 'Leeds',
  postalCode: '10042',
};

const identify = (email: string, traits: AttributesPatch, parts: Partial<AcceptedEvent> = {}): AcceptedEvent =>
  someEvent({ type: 'identify', identifiers: [{ type: 'email', value: email }], traits, ...parts });

/** A loop that has folded some events, one window each, and come to rest. */
const settled = async (windows: readonly AcceptedEvent[], options: LoopOptions = {}) => {
  const loop = new Loop(options);
  for (const event of windows) {
    await loop.fold([event]);
    await loop.run();
  }
  const { profiles, identity } = loop.services;
  const idOf = async (key: string) => (await profiles.ownersOf([key])).get(key) ?? '';
  const pairOf = async (one: string, other: string) => identity.pair(pairIdOf(await idOf(one), await idOf(other)));
  const log = async () => (await identity.decisions({ limit: 100 })).items;
  return { loop, idOf, pairOf, log };
};

const [first, second] = ['email#rosa@one.example', 'email#roza@two.example'];
const twoOfRosa = [identify('rosa@one.example', rosa), identify('roza@two.example', { ...rosa, firstName: 'Roza' })];

describe('people who are alike', () => {
  test('are put into the review queue, with why, as long as joining without asking is off', async () => {
    const { pairOf, log, idOf } = await settled(twoOfRosa);
    const pair = await pairOf(first, second);
    expect(pair).toMatchObject({ status: 'open', version: 1 });
    expect(pair?.score).toBeGreaterThanOrEqual(95);
    expect(pair?.trace).toContainEqual(expect.objectContaining({ field: 'firstName', level: 'close' }));
    expect(await log()).toMatchObject([{ decision: 'review', by: 'automatic', profileIds: pair?.profileIds }]);
    expect(await idOf(first)).not.toBe(await idOf(second));
  });

  test('are joined where it is on, and the log says why', async () => {
    const { loop, idOf, log } = await settled(twoOfRosa, { autoMerge: true });
    const id = await idOf(first);
    expect(await idOf(second)).toBe(id);
    const pair = (await loop.services.identity.pairsOf(id))[0];
    expect(pair).toMatchObject({ status: 'merged', decidedBy: 'automatic', mergeId: expect.stringMatching(/^merge-/) });
    expect(await log()).toMatchObject([{ decision: 'merge', by: 'automatic' }]);
    expect((await loop.services.merges.get(pair?.mergeId ?? ''))?.reason).toMatchObject({ kind: 'automatic' });
  });

  test('are not looked for where that is switched off', async () => {
    const loop = new Loop();
    const { services } = loop;
    await services.identityConfigs.add({
      ...{ id: 'config', version: 1, changedAt: '', changedBy: '' },
      config: { ...defaultIdentityConfig, probabilisticMatching: false },
    });
    for (const event of twoOfRosa) await loop.fold([event]);
    await loop.run();
    expect((await services.identity.decisions({ limit: 10 })).items).toEqual([]);
  });

  test('of different customer ids are never joined and nobody is asked', async () => {
    const customer = (value: string) => ({ type: 'customerId' as const, value });
    const windows = twoOfRosa.map((event, index) => ({
      ...event,
      identifiers: [customer(`customer-${index}`), ...event.identifiers],
    }));
    const { pairOf, idOf } = await settled(windows, { autoMerge: true });
    expect(await idOf(first)).not.toBe(await idOf(second));
    expect(await pairOf(first, second)).toBeUndefined();
  });

  test('are found by an address that one of them gave and the other has', async () => {
    const jane = { firstName: 'Jane', lastName: 'Quillon' };
    const windows = [
      identify('jane@x.example', jane, { identifiers: [{ type: 'email', value: 'jane@x.example' }] }),
      identify('', { ...jane, email: 'jane@x.example' }, { identifiers: [{ type: 'deviceId', value: 'tablet' }] }),
    ];
    const { pairOf } = await settled(windows);
    const pair = await pairOf('email#jane@x.example', 'deviceId#tablet');
    expect(pair).toMatchObject({ status: 'open' });
    expect(pair?.trace).toContainEqual(
      expect.objectContaining({ kind: 'identifier', field: 'email', level: 'agrees' }),
    );
  });

  test('who has nothing to be compared by is not looked at', async () => {
    const { loop } = await settled([someEvent({ identifiers: [{ type: 'customerId', value: 'customer-1' }] })]);
    expect(loop.messages.sent.filter(({ queue }) => queue === 'matchProfile')).toEqual([]);
  });

  test('are only proposed where a key that stands in browsers says what makes them alike', async () => {
    const [one, other] = twoOfRosa as [AcceptedEvent, AcceptedEvent];
    const { pairOf } = await settled([one, { ...other, byWriteKey: true }], { autoMerge: true });
    expect(await pairOf(first, second)).toMatchObject({ status: 'open', block: 'write_key' });
  });
});

describe('an event that names two people', () => {
  const both = (parts: Partial<AcceptedEvent> = {}) =>
    someEvent({
      identifiers: [
        { type: 'email', value: 'a@x.example' },
        { type: 'phone', value: '+14155550101' },
      ],
      ...parts,
    });
  const [email, phone] = ['email#a@x.example', 'phone#14155550101'];
  const apart = [
    someEvent({ identifiers: [{ type: 'email', value: 'a@x.example' }] }),
    someEvent({ identifiers: [{ type: 'phone', value: '+14155550101' }] }),
  ];

  test('proposes them with a score of 100, once, however often they are named', async () => {
    const { pairOf, log } = await settled([...apart, both(), both(), both()]);
    expect(await pairOf(email, phone)).toMatchObject({ status: 'open', score: 100, version: 1 });
    expect(await log()).toHaveLength(1);
  });

  test('joins them where that is allowed without asking', async () => {
    const { idOf } = await settled([...apart, both()], { autoMerge: true });
    expect(await idOf(email)).toBe(await idOf(phone));
  });

  test('joins nobody who is known when it came with a key that stands in browsers', async () => {
    const { idOf, pairOf, log } = await settled([...apart, both({ byWriteKey: true })], { autoMerge: true });
    expect(await idOf(email)).not.toBe(await idOf(phone));
    expect(await pairOf(email, phone)).toMatchObject({ status: 'blocked', block: 'write_key' });
    expect(await log()).toMatchObject([{ decision: 'blocked', block: 'write_key' }]);
  });

  test('joins them all the same when a secret key says it afterwards', async () => {
    const { idOf } = await settled([...apart, both({ byWriteKey: true }), both()], { autoMerge: true });
    expect(await idOf(email)).toBe(await idOf(phone));
  });

  test('joins a visitor whom nobody knows yet with who signs in, whatever the key', async () => {
    const visitor = { type: 'anonymousId' as const, value: 'visitor' };
    const windows = [
      someEvent({ identifiers: [{ type: 'email', value: 'a@x.example' }] }),
      someEvent({ identifiers: [visitor], byWriteKey: true }),
      someEvent({ identifiers: [{ type: 'email', value: 'a@x.example' }, visitor], byWriteKey: true }),
    ];
    const { idOf } = await settled(windows, { autoMerge: true });
    expect(await idOf('anonymousId#visitor')).toBe(await idOf(email));
  });

  test('a shared device alone is worth 80 and joins nobody', async () => {
    const device = { type: 'deviceId' as const, value: 'kiosk' };
    const windows = [
      someEvent({ identifiers: [{ type: 'email', value: 'a@x.example' }] }),
      someEvent({ identifiers: [{ type: 'email', value: 'b@x.example' }, device] }),
      someEvent({ identifiers: [{ type: 'email', value: 'a@x.example' }, device] }),
    ];
    const { pairOf } = await settled(windows, { autoMerge: true });
    expect(await pairOf(email, 'email#b@x.example')).toMatchObject({
      ...{ status: 'open', score: 80, block: 'shared_device' },
    });
  });

  test('different customers are refused, and the log says so', async () => {
    const customer = (value: string) => ({ type: 'customerId' as const, value });
    const windows = [
      someEvent({ identifiers: [customer('1'), { type: 'email', value: 'a@x.example' }] }),
      someEvent({ identifiers: [customer('2'), { type: 'email', value: 'b@x.example' }] }),
      someEvent({ identifiers: [customer('1'), { type: 'email', value: 'b@x.example' }] }),
    ];
    const { pairOf } = await settled(windows, { autoMerge: true });
    expect(await pairOf('customerId#1', 'customerId#2')).toMatchObject({
      ...{ status: 'blocked', score: 0, block: 'different_customers' },
    });
  });
});

test.each([
  ['off', false],
  ['on', true],
])('whatever comes again changes nothing where joining without asking is %s', async (_, autoMerge) => {
  const { loop } = await settled(twoOfRosa, { autoMerge });
  const before = loop.contents();
  await loop.redeliverEverything();
  expect(differences(before, loop.contents())).toEqual([]);
});

test('of somebody who is erased nothing is left here', async () => {
  const { loop, idOf } = await settled(twoOfRosa);
  const id = await idOf(second);
  await eraseProfile(id, loop.services);
  await loop.run();
  const left = loop.contents().filter(item => JSON.stringify(item).includes(id));
  expect(left.filter(({ pk }) => !String(pk).startsWith('AUDIT')).map(({ sk }) => sk)).toEqual(['H']);
});

test('a storm of joins stops at the cap and raises an alert', async () => {
  const loop = new Loop({ autoMerge: true });
  const anchor = { type: 'email' as const, value: 'a@x.example' };
  await loop.fold([someEvent({ identifiers: [anchor] })]);
  for (let number = 0; number < 13; number += 1) {
    const visitor = { type: 'anonymousId' as const, value: `visitor-${number}` };
    await loop.fold([someEvent({ identifiers: [visitor] })]);
    await loop.fold([someEvent({ identifiers: [anchor, visitor] })]);
    await loop.run();
  }
  const { identity } = loop.services;
  const decisions = (await identity.decisions({ limit: 100 })).items;
  expect(decisions.filter(({ decision }) => decision === 'merge')).toHaveLength(10);
  expect(decisions.filter(({ block }) => block === 'merge_storm')).toHaveLength(3);
  const told = loop.changes.flatMap(change => loop.services.commitsIn([change]));
  expect(webhookFacts(told).filter(({ type }) => type === 'identity.alert')).toHaveLength(3);
});
