import type { AttributeChange, Saying } from '../../model/attribute-change.ts';
import type { Attributes } from '../../model/profile.ts';
import type { KnownIdentifier, PersonRecord, ProfileState } from '../../model/profile-state.ts';
import { sameValue } from '../../model/same-value.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Custom fields each for itself, by their paths below `attributes`. */
const flat = ({ customFields, ...plain }: Attributes): Fields => ({
  ...plain,
  ...Object.fromEntries(Object.entries(customFields).map(([name, value]) => [`customFields.${name}`, value])),
});

/** What was never given is not told, nor is an empty list of tags that nobody ever set. */
const given = (value: unknown) => (name: 'old' | 'new') => (value === undefined ? {} : { [name]: value });

const ofAttributes = (before: PersonRecord, after: PersonRecord): AttributeChange[] => {
  const [was, is] = [flat(before.attributes), flat(after.attributes)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(name => !sameValue(was[name], is[name]));
  return names.map(name => {
    const by: Saying = after.provenance[name] ??
      after.provenance.customFields ?? { at: after.updatedAt, source: 'api' };
    const said = before.provenance[name];
    return {
      field: `attributes.${name}`,
      ...given(was[name])('old'),
      ...given(is[name])('new'),
      by,
      ...(said ? { was: said } : {}),
    };
  });
};

const ofIdentifiers = (before: PersonRecord, after: PersonRecord): AttributeChange[] => {
  const without = (some: readonly KnownIdentifier[], others: readonly KnownIdentifier[]) => {
    const keys = new Set(others.map(({ key }) => key));
    return some.filter(({ key }) => !keys.has(key));
  };
  const said = ({ firstSeenAt, source }: KnownIdentifier): Saying => ({ at: firstSeenAt, source });
  return [
    ...without(before.identifiers, after.identifiers).map(one => ({
      ...{ field: `identifiers.${one.type}`, old: one.value, was: said(one), place: before.identifiers.indexOf(one) },
      by: { at: after.updatedAt, source: 'api' },
    })),
    ...without(after.identifiers, before.identifiers).map(one => ({
      ...{ field: `identifiers.${one.type}`, new: one.value, by: said(one) },
    })),
  ];
};

/** What was set by hand in place of what is counted. */
const ofOverrides = ({ head: before }: ProfileState, { head: after }: ProfileState): AttributeChange[] => {
  const [was, is] = [before.counters.overrides, after.counters.overrides];
  return (Object.keys(is) as (keyof typeof is)[]).flatMap(name => {
    const [standing, set] = [was[name], is[name]];
    if (!set || set.at === standing?.at) return [];
    return [
      {
        field: `computed.${name}`,
        ...given(standing?.value)('old'),
        ...given(set.value)('new'),
        by: { at: set.at, source: 'api' },
        ...(standing ? { was: { at: standing.at, source: 'api' } } : {}),
      },
    ];
  });
};

/**
 * What a commit changed of who somebody is, field by field. Nothing of a new profile: what it begins with is known from
 * what stands, or from what stood before the first change.
 */
export const attributeChanges = (before: ProfileState, after: ProfileState): AttributeChange[] =>
  before.head.version === 0
    ? []
    : [
        ...(after.person.version === before.person.version
          ? []
          : [...ofAttributes(before.person, after.person), ...ofIdentifiers(before.person, after.person)]),
        ...ofOverrides(before, after),
      ];
