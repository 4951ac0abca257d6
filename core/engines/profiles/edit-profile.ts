import { Problem, unprocessable } from '../../errors.ts';
import { type Identifier, whyUnusable } from '../../model/identifier.ts';
import type { AttributesPatch, ComputedPatch, ConsentPatch } from '../../model/profile.ts';
import type { PersonRecord, ProfileState, Provenance } from '../../model/profile-state.ts';
import { overrideValues } from './computed-values.ts';
import { isPersonTooLarge, personBytesMax } from './profile-size.ts';
import { writePerson } from './write-person.ts';

/** What a caller writes into a profile. */
export interface ProfileEdit {
  attributes: AttributesPatch;
  identifiers: readonly Identifier[];
  consent?: ConsentPatch | undefined;
  computed?: ComputedPatch | undefined;
}

/** One transaction writes all claims. */
const identifiersMax = 90;

/**
 * The profile after an edit at `by.at` (epoch ms); the very same state when it changes nothing. An edit comes after
 * everything that it was decided on, whatever clocks said, so it wins over every field that it names.
 *
 * @throws Problem `VALIDATION_FAILED` where the profile would hold more than it can
 */
export const editProfile = (before: ProfileState, edit: ProfileEdit, by: Provenance): ProfileState =>
  takeOver(before, edit, by, writeTime(before.person, edit, by.at));

/**
 * As an edit, but said at `by.at`: whatever was said since stays, the same once more changes nothing, and so the order
 * in which several are written does not matter.
 *
 * @throws Problem `VALIDATION_FAILED` where the profile would hold more than it can
 */
export const noteProfile = (before: ProfileState, edit: ProfileEdit, by: Provenance): ProfileState =>
  takeOver(before, edit, by, by.at);

const takeOver = (before: ProfileState, edit: ProfileEdit, by: Provenance, at: number): ProfileState => {
  const identifiers = edit.identifiers.filter(identifier => whyUnusable(identifier) === undefined);
  const written = writePerson(before.person, { ...edit, ...by, identifiers, at });
  const isNew = before.head.version === 0;
  const person =
    written === before.person && !isNew ? before.person : { ...written, version: before.person.version + 1 };
  if (person === before.person && edit.computed === undefined) return before;
  checkRoom(person, before.person);
  const counters = edit.computed ? overrideValues(before.head.counters, edit.computed, by.at) : before.head.counters;
  return {
    id: before.id,
    head: {
      ...before.head,
      version: before.head.version + 1,
      updatedAt: Math.max(before.head.updatedAt, by.at),
      counters,
    },
    person,
  };
};

const writeTime = ({ provenance, consent }: PersonRecord, edit: ProfileEdit, at: number): number => {
  const { customFields, ...plain } = edit.attributes;
  const customPaths =
    customFields === null
      ? Object.keys(provenance).filter(path => path.startsWith('customFields.'))
      : Object.keys(customFields ?? {}).map(name => `customFields.${name}`);
  const cleared = customFields === undefined ? [] : ['customFields'];
  const named = [
    ...[...definedIn(plain), ...customPaths, ...cleared].map(path => provenance[path]),
    ...definedIn(edit.consent).map(channel => consent[channel]),
  ];
  return named.reduce((latest, standing) => Math.max(latest, (standing?.at ?? 0) + 1), at);
};

const definedIn = <Fields extends object>(fields: Fields = {} as Fields): (keyof Fields & string)[] =>
  (Object.keys(fields) as (keyof Fields & string)[]).filter(name => fields[name] !== undefined);

/** Whoever was merged may have more already. */
const checkRoom = (person: PersonRecord, before: PersonRecord): void => {
  if (person.identifiers.length > Math.max(identifiersMax, before.identifiers.length)) {
    throw unprocessable('body.externalIds', `a profile has at most ${identifiersMax} identifiers`);
  }
  if (isPersonTooLarge(person)) {
    const reason = `a profile has at most ${personBytesMax} bytes, with the origin of each field`;
    throw new Problem('VALIDATION_FAILED', `body: ${reason}`, [{ path: 'body', reason }]);
  }
};
