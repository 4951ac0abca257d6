import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passGate } from '../../../../core/engines/activation/consent-gate.ts';
import { memberDigest } from '../../../../core/engines/activation/member-digest.ts';
import { type Held, planSync } from '../../../../core/engines/activation/plan-sync.ts';
import { type ConsentChannel, consentChannels, type Profile } from '../../../../core/model/profile.ts';

const at = '2026-02-15T12:00:00.000Z';
const profile = (
  consent: Profile['consent'] = { email: true },
  externalIds: Profile['externalIds'] = { email: 'a@b.c' },
): Profile => ({
  id: 'profile-1',
  externalIds,
  attributes: { tags: [], customFields: { secret: 'x' }, firstName: 'Ann', birthDate: '1990-01-01' },
  computed: {
    ltv: 5,
    aov: 5,
    purchaseCount: 1,
    firstSeenDate: at,
    lastSeenDate: at,
    churnRisk: 0,
    engagementScore: 0,
  },
  consent,
  segments: [],
  createdAt: at,
  updatedAt: at,
});

describe('the consent gate', () => {
  test.each<[Profile['consent'], ConsentChannel[], boolean]>([
    [{ email: true }, ['email'], true],
    [{ email: false }, ['email'], false],
    [{}, ['email'], false],
    [{ sms: true }, ['email'], false],
    [{ email: true }, ['email', 'sms'], false],
    [{ email: true, sms: true }, ['email', 'sms'], true],
    [{ email: true }, [], false],
  ])('%j of what is required, %j → %j', (consent, required, passes) => {
    expect('member' in passGate(profile(consent), required)).toBe(passes);
  });

  test('nobody passes for whom any required channel is not granted', () => {
    const answers = fc.constantFrom(true, false, undefined);
    const consent = fc.record({ email: answers, sms: answers, tracking: answers, cookies: answers });
    fc.assert(
      fc.property(consent, fc.subarray([...consentChannels]), (given, required) => {
        const granted = required.length > 0 && required.every(channel => given[channel] === true);
        expect('member' in passGate(profile(given), required)).toBe(granted);
      }),
    );
  });

  test('who cannot be told from others at the destination does not pass', () => {
    expect(passGate(profile({ email: true }, { deviceIds: ['d'] }), ['email'])).toEqual({ skipped: 'noIdentifier' });
  });

  test('nothing passes but who the person is', () => {
    const result = passGate(profile(), ['email']);
    expect('member' in result && JSON.parse(JSON.stringify(result.member))).toEqual({
      profileId: 'profile-1',
      email: 'a@b.c',
      firstName: 'Ann',
    });
  });
});

const place = 'https://example.com/hook';
const digest = (() => {
  const result = passGate(profile(), ['email']);
  return 'member' in result ? memberDigest(result.member, place) : '';
})();
const no: Held = { state: 'no' };
const same: Held = { state: 'yes', digest };
const old: Held = { state: 'yes', digest: 'old' };
const unknown: Held = { state: 'unknown' };

describe('the plan', () => {
  test.each<[string, boolean, boolean, boolean, Held, string]>([
    ['a new member', true, true, true, no, 'add'],
    ['a member whom the destination has as they are', true, true, true, same, 'none'],
    ['a member whom the destination has as they were', true, true, true, old, 'add'],
    ['a member whom the destination may have', true, true, true, unknown, 'add'],
    ['a member who has not consented', true, true, false, no, 'none'],
    ['a member who has withdrawn', true, true, false, same, 'remove'],
    ['a member who has withdrawn and may be there', true, true, false, unknown, 'remove'],
    ['somebody who left', false, true, true, same, 'remove'],
    ['somebody who was never there', false, true, true, no, 'none'],
    ['a member of an audience that is taken out', true, false, true, same, 'remove'],
    ['a member of an audience that was taken out', true, false, true, no, 'none'],
  ])('%s', (_what, belongs, active, consents, held, operation) => {
    const situation = { place, belongs, active, held, requiredConsent: ['email' as const] };
    expect(planSync({ ...situation, profile: profile({ email: consents }) }).operation).toBe(operation);
  });

  test('a member whom another place was told of is new at this one', () => {
    const situation = { belongs: true, active: true, held: same, requiredConsent: ['email' as const] };
    const moved = planSync({ ...situation, place: 'https://other.example/hook', profile: profile() });
    expect(moved.operation).toBe('add');
    expect(planSync({ ...situation, place, profile: profile() }).operation).toBe('none');
  });

  test.each([
    [no, 'none'],
    [same, 'remove'],
    [unknown, 'remove'],
  ] as const)('an erased person whom the destination has (%j): %s', (held, operation) => {
    const situation = {
      place,
      profile: undefined,
      belongs: true,
      active: true,
      held,
      requiredConsent: ['email' as const],
    };
    expect(planSync(situation).operation).toBe(operation);
  });

  test('why someone is left out is told', () => {
    const situation = { place, belongs: true, active: true, held: no, requiredConsent: ['email' as const] };
    expect(planSync({ ...situation, profile: profile({}) })).toEqual({ operation: 'none', skipped: 'consent' });
    expect(planSync({ ...situation, profile: profile({ email: true }, {}) })).toEqual({
      operation: 'none',
      skipped: 'noIdentifier',
    });
  });
});
