import { expect, test } from 'vitest';
import { openPlatform } from '../../../fixtures/open-platform.ts';

test('every field of a profile is listed with its class, who reads how much of it, and whether it is sent', async () => {
  const platform = await openPlatform();
  const { items } = (await platform.call('listGovernedFields', { key: platform.keys.read })).data;
  const of = (field: string) => items.find(one => one.field === field);
  expect(of('attributes.email')).toMatchObject({
    class: 'contact',
    roles: { admin: 'show', analyst: 'mask', marketer: 'show' },
    activated: false,
  });
  expect(of('attributes.birthDate')).toMatchObject({
    class: 'sensitive',
    roles: { marketer: 'drop', privacy: 'show' },
  });
  expect(of('externalIds.email')).toMatchObject({ class: 'identifier', activated: true });
  expect(of('computed.ltv')).toMatchObject({ class: 'behavioural', activated: false });
  expect(of('attributes.country')).toMatchObject({ class: 'public', activated: true });
});
