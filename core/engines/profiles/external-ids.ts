import type { Identifier, IdentifierType } from '../../model/identifier.ts';
import type { ExternalIds, ExternalIdsInput } from '../../model/profile.ts';

const listNames = {
  deviceId: 'deviceIds',
  anonymousId: 'anonymousIds',
  cookie: 'cookies',
  advertisingId: 'advertisingIds',
} as const satisfies Partial<Record<IdentifierType, keyof ExternalIds>>;

const singles = ['email', 'phone', 'customerId'] as const;

/** The identifiers of a profile as they are answered: of single kinds the newest, of the others all. */
export const externalIdsOf = (identifiers: readonly Identifier[]): ExternalIds => {
  const valuesOf = (type: IdentifierType) => identifiers.filter(one => one.type === type).map(one => one.value);
  const custom = identifiers.filter(one => one.type.startsWith('custom:'));
  return {
    ...Object.fromEntries(
      singles.flatMap(type =>
        valuesOf(type)
          .slice(-1)
          .map(value => [type, value]),
      ),
    ),
    ...Object.fromEntries(
      Object.entries(listNames).flatMap(([type, name]) => {
        const values = valuesOf(type as IdentifierType);
        return values.length === 0 ? [] : [[name, values]];
      }),
    ),
    ...(custom.length === 0
      ? {}
      : { custom: Object.fromEntries(custom.map(({ type, value }) => [type.slice('custom:'.length), value])) }),
  };
};

/** The identifiers that a body names. */
export const identifiersIn = (externalIds: ExternalIdsInput = {}): Identifier[] => [
  ...singles.flatMap(type => asIdentifier(type, externalIds[type])),
  ...Object.entries(listNames).flatMap(([type, name]) =>
    (externalIds[name] ?? []).map(value => ({ type: type as IdentifierType, value })),
  ),
  ...Object.entries(externalIds.custom ?? {}).map(([name, value]) => ({ type: `custom:${name}` as const, value })),
];

const asIdentifier = (type: IdentifierType, value: string | undefined): Identifier[] =>
  value === undefined ? [] : [{ type, value }];
