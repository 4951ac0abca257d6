import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GatePolicy, type GateSubject, passGate } from '../../../../core/engines/activation/consent-gate.ts';
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

const policy: GatePolicy = { gdpr: 'strict', ccpa: 'strict', sharing: false, now: Date.parse(at) };

type States = GateSubject['consents'];

/** Who has said this of consent in a request. */
const statesOf = (consent: Partial<Record<ConsentChannel, boolean | undefined>>): States =>
  Object.fromEntries(
    Object.entries(consent).flatMap(([channel, granted]) =>
      granted === undefined ? [] : [[channel, { granted, at: Date.parse(at), id: 'request-1', source: 'api' }]],
    ),
  );

const subject = (
  consent: Partial<Record<ConsentChannel, boolean | undefined>> = { email: true },
  externalIds?: Profile['externalIds'],
): GateSubject => ({ profile: profile({}, externalIds), consents: statesOf(consent), suppressed: false });

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
    expect('member' in passGate(subject(consent), required, policy)).toBe(passes);
  });

  test('nobody passes for whom any required channel is not granted', () => {
    const answers = fc.constantFrom(true, false, undefined);
    const consent = fc.record(
      Object.fromEntries(consentChannels.map(channel => [channel, answers])) as Record<ConsentChannel, typeof answers>,
    );
    fc.assert(
      fc.property(consent, fc.subarray([...consentChannels]), (given, required) => {
        const granted = required.length > 0 && required.every(channel => given[channel] === true);
        expect('member' in passGate(subject(given), required, policy)).toBe(granted);
      }),
    );
  });

  test('who cannot be told from others at the destination does not pass', () => {
    expect(passGate(subject({ email: true }, { deviceIds: ['d'] }), ['email'], policy)).toEqual({
      skipped: 'noIdentifier',
    });
  });

  const asking = { at: Date.parse(at), id: 'request-1', source: 'api', granted: true };
  const born = (birthDate: string | undefined): GateSubject => {
    const { profile: person, ...rest } = subject();
    const { birthDate: _birthDate, ...attributes } = person.attributes;
    return {
      ...rest,
      profile: { ...person, attributes: birthDate === undefined ? attributes : { ...attributes, birthDate } },
    };
  };

  test.each<[string, States['email'], Partial<GatePolicy>, boolean]>([
    ['a yes in the context of an event', { ...asking, source: 'context' }, {}, false],
    ['the same where a yes suffices', { ...asking, source: 'context' }, { gdpr: 'standard' }, true],
    ['the same with the text that was shown', { ...asking, source: 'event', textVersion: '3' }, {}, true],
    ['a yes in a request', asking, {}, true],
    ['a yes that is over', { ...asking, expiresAt: Date.parse(at) }, {}, false],
    ['a yes that is over tomorrow', { ...asking, expiresAt: Date.parse(at) + 86_400_000 }, {}, true],
    ['a yes that waits to be confirmed', { ...asking, granted: false, pending: 'token' }, {}, false],
  ])('%s', (_what, email, rules, passes) => {
    const person = { ...subject(), consents: email ? { email } : {} };
    expect('member' in passGate(person, ['email'], { ...policy, ...rules })).toBe(passes);
  });

  test.each<[string, GateSubject, GatePolicy['ccpa'], boolean]>([
    ['who objects', subject({ email: true, saleSharing: false }), 'standard', false],
    ['who objects, where it is stricter', subject({ email: true, saleSharing: false }), 'strict', false],
    ['who agrees', subject({ email: true, saleSharing: true }), 'strict', true],
    ['an adult who said nothing', born('1990-01-01'), 'strict', true],
    ['who is 16 today', born('2010-02-15'), 'strict', true],
    ['who is 16 tomorrow', born('2010-02-16'), 'strict', false],
    ['who is 16 tomorrow, where it is less strict', born('2010-02-16'), 'standard', true],
    ['who may be of any age', born(undefined), 'strict', false],
    ['who may be of any age, where it is less strict', born(undefined), 'standard', true],
  ])('where people are shared: %s', (_what, person, ccpa, passes) => {
    expect('member' in passGate(person, ['email'], { ...policy, sharing: true, ccpa })).toBe(passes);
    const own = passGate(person, ['email'], { ...policy, ccpa });
    expect('member' in own).toBe(true);
  });

  test('nothing passes but who the person is', () => {
    const result = passGate(subject(), ['email'], policy);
    expect('member' in result && JSON.parse(JSON.stringify(result.member))).toEqual({
      profileId: 'profile-1',
      email: 'a@b.c',
      firstName: 'Ann',
      birthDate: '1990-01-01',
    });
  });
});

const place = 'https://example.com/hook';
const digest = (() => {
  const result = passGate(subject(), ['email'], policy);
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
    const situation = { policy, place, belongs, heldOut: false, active, held, requiredConsent: ['email' as const] };
    expect(planSync({ ...situation, person: subject({ email: consents }) }).operation).toBe(operation);
  });

  test('a member whom another place was told of is new at this one', () => {
    const situation = {
      ...{ policy, belongs: true, heldOut: false, active: true, held: same },
      requiredConsent: ['email' as const],
    };
    const moved = planSync({ ...situation, place: 'https://other.example/hook', person: subject() });
    expect(moved.operation).toBe('add');
    expect(planSync({ ...situation, place, person: subject() }).operation).toBe('none');
  });

  test.each([
    [no, 'none'],
    [same, 'remove'],
    [unknown, 'remove'],
  ] as const)('an erased person whom the destination has (%j): %s', (held, operation) => {
    const situation = {
      policy,
      place,
      person: undefined,
      belongs: true,
      heldOut: false,
      active: true,
      held,
      requiredConsent: ['email' as const],
    };
    expect(planSync(situation).operation).toBe(operation);
  });

  test('why someone is left out is told', () => {
    const situation = { policy, place, belongs: true, heldOut: false, active: true, held: no };
    const skippedOf = (person: GateSubject, more: object = {}) => {
      const step = planSync({ ...situation, requiredConsent: ['email'], person, ...more });
      return step.operation === 'none' ? step.skipped : step.operation;
    };
    expect(skippedOf(subject({}))).toBe('consent');
    expect(skippedOf({ ...subject(), suppressed: true })).toBe('suppressed');
    expect(skippedOf(subject({ email: true }, {}))).toBe('noIdentifier');
    const careful = { policy: { ...policy, minIdentityConfidence: 90 } };
    expect(skippedOf({ ...subject(), confidence: 89 }, careful)).toBe('lowConfidence');
    expect(skippedOf({ ...subject(), confidence: 90 }, careful)).toBe('add');
    expect(skippedOf(subject(), careful)).toBe('add');
    expect(skippedOf({ ...subject(), confidence: 1 })).toBe('add');
    expect(skippedOf(subject(), { heldOut: true })).toBe('holdout');
    expect(skippedOf(subject({}), { heldOut: true })).toBe('consent');
  });

  test('whoever is held back from now on is taken out', () => {
    const situation = { policy, place, belongs: true, heldOut: true, active: true, held: same };
    expect(planSync({ ...situation, requiredConsent: ['email'], person: subject() }).operation).toBe('remove');
  });
});
