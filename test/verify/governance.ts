import { routes } from '../../core/contract/index.ts';
import { fieldClassesIn } from '../../core/contract/project-fields.ts';
import type { Route } from '../../core/contract/route.ts';
import { type FieldPolicy, type Role, roleNames, roles } from '../../core/model/caller.ts';
import type { FieldClass } from '../../core/model/field-class.ts';
import { goodRequest } from '../fixtures/good-request.ts';
import { openPlatform, type Platform } from '../fixtures/open-platform.ts';
import { addKey } from '../fixtures/platform-keys.ts';
import { seedPlatform } from '../fixtures/seed-platform.ts';
import type { Verify } from './run.ts';

/** A word in every governed field: whatever leaves tells of which class and which field it was. */
const words: Readonly<Record<FieldClass, readonly string[]>> = {
  identifier: ['identifierA', 'identifierB', 'identifierC', 'identifierD', 'identifierE', 'identifierF'],
  contact: ['contactA', 'contactB', 'contactC', 'contactD', 'contactE', 'contactF'],
  sensitive: ['sensitiveA', '1987-06-05'],
  behavioural: ['behaviouralA', 'behaviouralB', 'behaviouralC'],
};

const traits = {
  ...{ firstName: 'contactA', lastName: 'contactB', company: 'contactC', title: 'contactD' },
  ...{ postalCode: 'contactE', street: 'contactF', gender: 'sensitiveA', birthDate: '1987-06-05' },
  customFields: { hobby: 'behaviouralA' },
};
const externalIds = {
  ...{ customerId: 'identifierA', deviceIds: ['identifierB'], cookies: ['identifierC'] },
  ...{ anonymousIds: ['identifierD'], advertisingIds: ['identifierE'], custom: { crm: 'identifierF' } },
};

const openScene = async (): Promise<Platform> => {
  const platform = await openPlatform();
  await seedPlatform(platform);
  const id = seedPlatform.ids.profiles ?? '';
  const written = await platform.call('updateProfile', { params: { id }, body: { attributes: traits, externalIds } });
  if (written.status !== 200) throw new Error(`the person could not be written: ${written.text}`);
  const properties = { note: 'behaviouralB' };
  await platform.call('trackEvent', {
    body: { profileId: id, type: 'page_view', properties, deviceId: 'identifierB', context: { x: 'behaviouralC' } },
  });
  await platform.foldEvents();
  return platform;
};

/** The words that stand in an answer although the policy hides their class. */
const leaksIn = (text: string, policy: FieldPolicy): string[] =>
  (Object.keys(words) as FieldClass[]).flatMap(name =>
    (policy[name] ?? 'show') === 'show' ? [] : words[name].filter(word => text.includes(word)),
  );

const answersOf = (route: Route): boolean =>
  route.response !== undefined && fieldClassesIn(route.response).size > 0 && route.scope !== 'ingest';

/**
 * Every route that answers about people, by every role: nothing leaves that the role's policy hides. What every field is
 * seen by somebody shows that the words are there; an answer that went past the projector must be caught.
 */
export const verify: Verify = async () => {
  const platform = await openScene();
  const about = routes.filter(answersOf);
  const leaks: string[] = [];
  const seen = new Set<string>();
  let [asked, answered, caught, bypassed] = [0, 0, 0, 0];
  for (const role of roleNames) {
    const policy: FieldPolicy = roles[role].fieldPolicy;
    const key = await addKey(platform.services, { scopes: [...roles[role].scopes], fieldPolicy: policy });
    const open = await addKey(platform.services, { scopes: [...roles[role].scopes], fieldPolicy: {} });
    for (const route of about.filter(({ method }) => method === 'GET')) {
      const request = { ...goodRequest(route), ...identifierQuery(route) };
      const shown = await platform.call(route.id as 'getProfile', { ...request, key });
      asked += 1;
      if (shown.status < 300) answered += 1;
      leaks.push(...leaksIn(shown.text, policy).map(word => `${role} reads ${word} by ${route.id}`));
      for (const word of Object.values(words).flat()) if (shown.text.includes(word)) seen.add(word);
      /** As a handler would answer that leaves out the projector. */
      const whole = await platform.call(route.id as 'getProfile', { ...request, key: open });
      if (!hides(role) || leaksIn(whole.text, policy).length === 0) continue;
      bypassed += 1;
      if (whole.text !== shown.text) caught += 1;
    }
  }
  const unseen = Object.values(words)
    .flat()
    .filter(word => !seen.has(word));
  for (const fault of [...leaks, ...unseen.map(word => `${word} was never shown to anybody`)].slice(0, 20))
    console.log(fault);
  console.log(`control, the projector left out: ${caught} of ${bypassed} answers caught`);
  return {
    line: `governance: ${about.length} routes answer about people, ${asked} asked by ${roleNames.length} roles (${answered} answered), ${leaks.length} fields outside their policy, control failed as it must: ${caught > 0 && caught === bypassed}`,
    holds: leaks.length === 0 && unseen.length === 0 && caught > 0 && caught === bypassed,
  };
};

const hides = (role: Role): boolean => Object.keys(roles[role].fieldPolicy).length > 0;

const identifierQuery = ({ id }: Route) =>
  id === 'lookupProfile' ? { query: { type: 'customerId', value: 'identifierA' } } : {};
