import type { Platform } from '../../fixtures/open-platform.ts';
import { seedPlatform } from '../../fixtures/seed-platform.ts';
import type { TestCaller } from './callers.ts';
import type { ServedOperation } from './served-operations.ts';
import { requestFor } from './try-everything.ts';

/** One word per class, in every field of that class: whatever leaves tells which class it was of. */
const person = {
  ...{ customerId: 'identifier-1', firstName: 'contact-1', lastName: 'contact-2', email: 'contact-3@example.com' },
  ...{ company: 'contact-4', title: 'contact-5', gender: 'sensitive-1', postalCode: 'contact-6', street: 'contact-7' },
  ...{ customFields: { hobby: 'behavioural-1' } },
  externalIds: {
    ...{ deviceIds: ['identifier-2'], cookies: ['identifier-3'], anonymousIds: ['identifier-4'] },
    ...{ advertisingIds: ['identifier-5'], custom: { crm: 'identifier-6' } },
  },
};

/** Somebody of whom every class is known. */
export const addPerson = async (platform: Platform): Promise<string> => {
  const { id } = (await platform.call('createProfile', { query: { onConflict: 'upsert' }, body: person })).data;
  const properties = { note: 'behavioural-3' };
  await platform.call('trackEvent', {
    body: { profileId: id, type: 'page_view', properties, deviceId: 'identifier-2' },
  });
  await platform.foldEvents();
  return id;
};

/** What answers with something: everything but what takes away. What changes comes last. */
const telling = (operations: readonly ServedOperation[]): ServedOperation[] => {
  const kept = operations.filter(({ method, scope }) => method !== 'DELETE' && (scope === 'read' || scope === 'write'));
  return [...kept.filter(({ scope }) => scope === 'read'), ...kept.filter(({ scope }) => scope === 'write')];
};

const mayCall = ({ scopes }: TestCaller, { scope }: ServedOperation): boolean => scopes.some(one => one === scope);

/** What was seeded of a capability; the person where it is about people. */
const idFor = ({ tag }: ServedOperation, personId: string): string =>
  tag === 'profiles' ? personId : (seedPlatform.ids[tag] ?? personId);

export interface FieldFindings {
  answers: number;
  /** Answers in which somebody found what they may see. */
  shown: number;
  leaks: string[];
}

/** Reads and changes everything as everybody and looks for values of classes that are hidden from them. */
export const findForbiddenFields = async (
  platform: Platform,
  operations: readonly ServedOperation[],
  callers: readonly TestCaller[],
): Promise<FieldFindings> => {
  const id = await addPerson(platform);
  await seedPlatform(platform);
  const found: FieldFindings = { answers: 0, shown: 0, leaks: [] };
  for (const operation of telling(operations)) {
    for (const { name, key, hidden } of callers.filter(caller => mayCall(caller, operation))) {
      const { target, request } = requestFor(operation, idFor(operation, id), key);
      const { status, text } = await platform.call(target, request);
      if (status >= 400) continue;
      found.answers += 1;
      if (/(identifier|contact|sensitive|behavioural)-\d/.test(text)) found.shown += 1;
      const leaked = hidden.filter(one => new RegExp(`${one}-\\d`).test(text));
      if (leaked.length > 0) found.leaks.push(`${operation.id} tells ${name} of ${leaked.join(', ')}`);
    }
  }
  return found;
};
