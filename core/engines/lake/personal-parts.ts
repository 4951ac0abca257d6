/** What was taken out of a document, each with its path. */
export type TakenParts = [path: string[], value: unknown][];

/** Names under which clients write who somebody is or how to reach them, in small letters and digits only. */
const personalNames = new Set([
  ...['email', 'emailaddress', 'mail', 'phone', 'phonenumber', 'telephone', 'mobile', 'mobilenumber', 'fax'],
  ...['firstname', 'lastname', 'fullname', 'givenname', 'familyname', 'surname', 'middlename', 'username'],
  ...['address', 'street', 'streetaddress', 'address1', 'address2', 'addressline1', 'addressline2'],
  ...['zip', 'zipcode', 'postalcode', 'postcode', 'birthdate', 'birthday', 'dateofbirth', 'dob'],
  ...['shippingaddress', 'billingaddress', 'recipient', 'iban', 'ssn', 'passport', 'traits'],
  ...['ip', 'ipaddress', 'userid', 'customerid', 'anonymousid', 'deviceid', 'advertisingid', 'idfa', 'idfv', 'gaid'],
  ...['clientid', 'visitorid', 'cookie', 'macaddress', 'latitude', 'longitude', 'lat', 'lng', 'lon'],
]);

/** Shorter ones stand in too many texts that have nothing to do with anybody. */
const tellingLengthMin = 4;

const isPersonalName = (name: string): boolean => personalNames.has(name.toLowerCase().replace(/[^a-z0-9]/g, ''));

/** The texts that tell who somebody is wherever they stand, in small letters. */
export const tellingTexts = (values: readonly unknown[]): string[] => [
  ...new Set(
    values.flatMap(value =>
      typeof value === 'string' && value.trim().length >= tellingLengthMin ? [value.trim().toLowerCase()] : [],
    ),
  ),
];

const tells = (value: unknown, texts: readonly string[]): boolean => {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const text = String(value).toLowerCase();
  return texts.some(one => text.includes(one));
};

/**
 * Divides a document: what stands under a name that is personal, or holds one of the texts, is taken out with its path;
 * the rest stays where it is.
 *
 * @example takePersonal({ plan: 'pro', email: 'a@b.c' }, []) // { rest: { plan: 'pro' }, taken: [[['email'], 'a@b.c']] }
 */
export const takePersonal = (
  document: Readonly<Record<string, unknown>>,
  texts: readonly string[],
): { rest: Record<string, unknown>; taken: TakenParts } => {
  const taken: TakenParts = [];
  const restOf = (value: unknown, path: string[]): unknown => {
    if (Array.isArray(value)) return value.map((one, index) => memberOf(one, [...path, String(index)], false) ?? null);
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
      const rest = memberOf(one, [...path, name], isPersonalName(name));
      return rest === undefined ? [] : [[name, rest]];
    });
    return Object.fromEntries(members);
  };
  const memberOf = (value: unknown, path: string[], isPersonal: boolean): unknown => {
    if (!isPersonal && !tells(value, texts)) return restOf(value, path);
    taken.push([path, value]);
    return undefined;
  };
  return { rest: restOf(document, []) as Record<string, unknown>, taken };
};

/** Puts back what was taken out. */
export const putBack = (rest: Record<string, unknown>, taken: TakenParts): Record<string, unknown> => {
  const whole = structuredClone(rest);
  for (const [path, value] of taken) {
    const holder = path.slice(0, -1).reduce<unknown>((inner, name) => memberIn(inner, name), whole);
    const name = path.at(-1);
    if (name !== undefined && typeof holder === 'object' && holder !== null) define(holder, name, value);
  }
  return whole;
};

const memberIn = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
    ? (holder as Record<string, unknown>)[name]
    : undefined;

/** A name may be `__proto__`. */
const define = (holder: object, name: string, value: unknown): void => {
  Object.defineProperty(holder, name, { value, configurable: true, enumerable: true, writable: true });
};
