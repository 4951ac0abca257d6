import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../../core/contract/index.ts';
import { fieldClassesIn, projectFields } from '../../../core/contract/project-fields.ts';
import type { FieldPolicy } from '../../../core/model/caller.ts';
import { roles } from '../../../core/model/caller.ts';
import { type FieldClass, fieldClasses } from '../../../core/model/field-class.ts';
import { Profile } from '../../../core/model/profile.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';
import type { PlatformRequest } from '../../fixtures/platform-gateway.ts';
import { addKey } from '../../fixtures/platform-keys.ts';

/** One word per class, in every field of that class: whatever leaves tells which class it was of. */
const person = {
  ...{ customerId: 'identifier-1', firstName: 'contact-1', lastName: 'contact-2', email: 'contact-3@example.com' },
  ...{ company: 'contact-4', title: 'contact-5', gender: 'sensitive-1', postalCode: 'contact-6', street: 'contact-7' },
  ...{ city: 'Open City', country: 'DE', customFields: { hobby: 'behavioural-1', list: ['behavioural-2'] } },
  externalIds: {
    ...{ deviceIds: ['identifier-2'], cookies: ['identifier-3'], anonymousIds: ['identifier-4'] },
    ...{ advertisingIds: ['identifier-5'], custom: { crm: 'identifier-6' }, email: 'identifier-7@example.com' },
  },
};

let platform: Platform;
let id: string;
beforeAll(async () => {
  platform = await openPlatform();
  id = (await platform.call('createProfile', { body: person })).data.id;
  const properties = { note: 'behavioural-3', nested: { list: ['behavioural-4'] } };
  const event = {
    profileId: id,
    type: 'page_view',
    properties,
    deviceId: 'identifier-2',
    context: { x: 'behavioural-5' },
  };
  await platform.call('trackEvent', { body: event });
  await platform.foldEvents();
});

const policy = fc.dictionary(
  fc.constantFrom(...fieldClasses),
  fc.constantFrom('show', 'mask', 'drop'),
) as fc.Arbitrary<FieldPolicy>;

const ofPerson = (): PlatformRequest => ({ params: { id } });
/** Everything that answers about people, and how it is asked. */
const reads = {
  getProfile: ofPerson,
  lookupProfile: () => ({ query: { type: 'customerId', value: 'identifier-1' } }),
  listProfiles: () => ({}),
  searchProfiles: () => ({ body: {} }),
  listProfileEvents: ofPerson,
  getTimeline: ofPerson,
  getProfileJourney: ofPerson,
  listPeople: () => ({ params: { handle: 'overview.all' } }),
} satisfies Record<string, () => PlatformRequest>;
type Read = keyof typeof reads;

const answerTo = async (read: Read, fieldPolicy: FieldPolicy): Promise<string> => {
  const key = await addKey(platform.services, { scopes: ['read'], fieldPolicy });
  return (await platform.call(read as 'getProfile', { ...reads[read](), key })).text;
};

test('no field of a class that is dropped or masked ever leaves, whatever the policy and the route', () =>
  fc.assert(
    fc.asyncProperty(policy, fc.constantFrom(...(Object.keys(reads) as Read[])), async (fieldPolicy, read) => {
      const text = await answerTo(read, fieldPolicy);
      for (const name of fieldClasses) {
        const isShown = (fieldPolicy[name] ?? 'show') === 'show';
        if (!isShown) expect(text).not.toContain(`${name}-`);
      }
      expect(text).toMatch(/"success":true/);
    }),
    { numRuns: 150 },
  ));

describe('what is shown is whole', () => {
  test.each(fieldClasses)('%s, when the others are dropped', async name => {
    const others = fieldClasses.filter(one => one !== name).map((one): [FieldClass, 'drop'] => [one, 'drop']);
    const text = await answerTo('getProfile', Object.fromEntries(others));
    expect(text).toContain(`${name}-1`);
    expect(text).toContain('Open City');
  });
});

test('every role sees what its policy says', async () => {
  const shown = await Promise.all(
    Object.entries(roles).map(async ([role, { fieldPolicy }]) => {
      const text = await answerTo('getProfile', fieldPolicy);
      return [role, fieldClasses.filter(name => text.includes(`${name}-`))];
    }),
  );
  expect(Object.fromEntries(shown)).toEqual({
    admin: ['identifier', 'contact', 'sensitive', 'behavioural'],
    marketer: ['identifier', 'contact', 'behavioural'],
    analyst: ['behavioural'],
    privacy: ['identifier', 'contact', 'sensitive', 'behavioural'],
    'read-only': ['behavioural'],
  });
});

test('the projector never adds, and shows everything to who may see everything', () =>
  fc.assert(
    fc.property(policy, fieldPolicy => {
      const profile = Profile.parse({
        ...{ id: 'profile-1', externalIds: { email: 'a@example.com' }, segments: ['segment-1'] },
        attributes: { tags: ['x'], customFields: {}, firstName: 'Ada' },
        computed: {
          ...{ ltv: 1, aov: 1, purchaseCount: 1, churnRisk: 0, engagementScore: 0 },
          ...{ firstSeenDate: '2026-02-15T12:00:00Z', lastSeenDate: '2026-02-15T12:00:00Z' },
        },
        ...{ consent: {}, createdAt: '2026-02-15T12:00:00Z', updatedAt: '2026-02-15T12:00:00Z' },
      });
      const projected = projectFields(Profile, fieldPolicy, profile) as Record<string, unknown>;
      expect(Object.keys(profile)).toEqual(expect.arrayContaining(Object.keys(projected)));
      expect(projectFields(Profile, {}, profile)).toEqual(profile);
    }),
  ));

test('every route that answers profiles or events is known to hold personal data', () => {
  const silent = routes
    .filter(({ response }) => response && fieldClassesIn(response).size === 0)
    .map(route => route.id);
  expect(silent.filter(name => /profile(?!s)|timeline|member(?!ship)/i.test(name))).toEqual([
    'deleteProfile',
    'addMembers',
    'listAudienceMembers',
  ]);
});
