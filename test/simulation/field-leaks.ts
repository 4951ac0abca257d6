import { routes } from '../../core/contract/index.ts';
import { fieldClassesIn } from '../../core/contract/project-fields.ts';
import type { Route } from '../../core/contract/route.ts';
import { type FieldPolicy, type Role, roleNames, roles, type View } from '../../core/model/caller.ts';
import type { FieldClass } from '../../core/model/field-class.ts';
import { goodRequest } from '../fixtures/good-request.ts';
import { openPlatform, type Platform } from '../fixtures/open-platform.ts';
import { addKey } from '../fixtures/platform-keys.ts';
import { seedPlatform } from '../fixtures/seed-platform.ts';

/** A word in every governed field: whatever leaves tells of which class it was. */
const words: Readonly<Record<string, FieldClass>> = {
  ...{ identifierA: 'identifier', identifierB: 'identifier', identifierC: 'identifier', identifierD: 'identifier' },
  ...{ identifierE: 'identifier', identifierF: 'identifier' },
  ...{ contactA: 'contact', contactB: 'contact', contactC: 'contact', contactD: 'contact', contactE: 'contact' },
  ...{ contactF: 'contact', sensitiveA: 'sensitive', '1987-06-05': 'sensitive' },
  ...{ behaviouralA: 'behavioural', behaviouralB: 'behavioural', behaviouralC: 'behavioural' },
};

const attributes = {
  ...{ firstName: 'contactA', lastName: 'contactB', company: 'contactC', title: 'contactD' },
  ...{ postalCode: 'contactE', street: 'contactF', gender: 'sensitiveA', birthDate: '1987-06-05' },
  customFields: { hobby: 'behaviouralA' },
};
const externalIds = {
  ...{ customerId: 'identifierA', deviceIds: ['identifierB'], cookies: ['identifierC'] },
  ...{ anonymousIds: ['identifierD'], advertisingIds: ['identifierE'], custom: { crm: 'identifierF' } },
};

/** What is set while the platform runs, and the words that are of another class from then on. */
const rules: readonly { field: string; class: FieldClass; word: string }[] = [
  { field: 'attributes.company', class: 'sensitive', word: 'contactC' },
  { field: 'attributes.customFields.hobby', class: 'identifier', word: 'behaviouralA' },
  { field: 'externalIds.cookies', class: 'sensitive', word: 'identifierC' },
];

const openScene = async (): Promise<Platform> => {
  const platform = await openPlatform();
  await seedPlatform(platform);
  const id = seedPlatform.ids.profiles ?? '';
  const written = await platform.call('updateProfile', { params: { id }, body: { attributes, externalIds } });
  if (written.status !== 200) throw new Error(`the person could not be written: ${written.text}`);
  const properties = { note: 'behaviouralB' };
  await platform.call('trackEvent', {
    body: { profileId: id, type: 'page_view', properties, deviceId: 'identifierB', context: { x: 'behaviouralC' } },
  });
  await platform.foldEvents();
  return platform;
};

const isAboutPeople = ({ response, scope, method }: Route): boolean =>
  response !== undefined && fieldClassesIn(response).size > 0 && scope !== 'ingest' && method === 'GET';

const identifierQuery = ({ id }: Route) =>
  id === 'lookupProfile' ? { query: { type: 'customerId', value: 'identifierA' } } : {};

/** What was asked, and what of it should not have been seen. */
export interface FieldReport {
  routes: number;
  asked: number;
  answered: number;
  /** `role reads word by route` */
  leaks: string[];
  /** Words that nobody was ever shown: what is not there cannot leak. */
  unseen: string[];
}

/** Asks every route that answers about people as every role, and looks for words of classes that the role may not see. */
const askAll = async (platform: Platform, classes: Readonly<Record<string, FieldClass>>, report: FieldReport) => {
  const about = routes.filter(isAboutPeople);
  const seen = new Set<string>();
  for (const role of roleNames) {
    const policy: FieldPolicy = roles[role as Role].fieldPolicy;
    const viewOf = (word: string): View => policy[classes[word] as FieldClass] ?? 'show';
    const key = await addKey(platform.services, { scopes: [...roles[role].scopes], fieldPolicy: policy });
    for (const route of about) {
      const request = { ...goodRequest(route), ...identifierQuery(route), key };
      const { status, text } = await platform.call(route.id as 'getProfile', request);
      report.asked += 1;
      if (status < 300) report.answered += 1;
      const shown = Object.keys(classes).filter(word => text.includes(word));
      for (const word of shown) seen.add(word);
      const hidden = shown.filter(word => viewOf(word) !== 'show');
      report.leaks.push(...hidden.map(word => `${role} reads ${word} by ${route.id}`));
    }
  }
  report.routes = about.length;
  report.unseen.push(...Object.keys(classes).filter(word => !seen.has(word)));
};

/** Every route × role × field, as declared and again under rules that were set while the platform runs. */
export const fieldReport = async (): Promise<FieldReport> => {
  const platform = await openScene();
  const report: FieldReport = { routes: 0, asked: 0, answered: 0, leaks: [], unseen: [] };
  await askAll(platform, words, report);
  for (const { field, class: ruled } of rules) {
    const set = await platform.call('setGovernedField', { params: { field }, body: { class: ruled } });
    if (set.status !== 200) throw new Error(`the rule was not taken: ${set.text}`);
  }
  await askAll(platform, { ...words, ...Object.fromEntries(rules.map(rule => [rule.word, rule.class])) }, report);
  return report;
};
