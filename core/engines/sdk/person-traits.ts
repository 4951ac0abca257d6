import { type AttributeName, type AttributesPatch, attributeShape } from '../../model/profile.ts';
import { customFields } from './custom-fields.ts';
import { isObject, unlessEmpty } from './read-member.ts';

type Traits = Record<string, unknown>;

/** What traits say of a person, and what of them a profile cannot hold. */
export interface Told {
  traits?: AttributesPatch | undefined;
  rest?: Traits | undefined;
}

/** The attribute that a trait means; names are compared without case, `_`, `-` and blanks. */
const attributeOf: ReadonlyMap<string, AttributeName> = new Map([
  ...(Object.keys(attributeShape) as AttributeName[]).map((name): [string, AttributeName] => [plain(name), name]),
  ['surname', 'lastName'],
  ['phonenumber', 'phone'],
  ['mobilephone', 'phone'],
  ['birthday', 'birthDate'],
  ['dateofbirth', 'birthDate'],
  ['jobtitle', 'title'],
  ['companyname', 'company'],
  ['locale', 'language'],
  ['region', 'state'],
  ['zip', 'postalCode'],
  ['zipcode', 'postalCode'],
  ['postcode', 'postalCode'],
]);

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}

/** What holds attributes inside, and which of them: an address, a company. */
const unfolded = (traits: Traits): Traits => {
  const { address, company, ...flat } = traits;
  const { name: companyName, ...aboutCompany } = isObject(company) ? company : { name: company };
  const further = Object.entries(aboutCompany).map(([name, value]): [string, unknown] => [`company_${name}`, value]);
  return {
    ...(isObject(address) ? address : address === undefined ? {} : { street: address }),
    ...(companyName === undefined ? {} : { company: companyName }),
    ...Object.fromEntries(further),
    ...flat,
  };
};

/** A name that is said as one word after the other; it stays beside its parts, which are a guess. */
const namesOf = ({ name }: Traits, known: ReadonlySet<AttributeName>): [AttributeName, unknown][] => {
  if (typeof name !== 'string' || known.has('firstName') || known.has('lastName')) return [];
  const [first = '', ...others] = name.trim().split(/\s+/);
  return [
    ...(first === '' ? [] : [['firstName', first] as [AttributeName, unknown]]),
    ...(others.length === 0 ? [] : [['lastName', others.join(' ')] as [AttributeName, unknown]]),
  ];
};

/** Numbers are written out, and of an instant the day is meant. */
const asAttribute = (name: AttributeName, value: unknown): unknown => {
  if (typeof value === 'number') return String(value);
  return name === 'birthDate' && typeof value === 'string' ? value.slice(0, 10) : value;
};

const isTags = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length <= 1000 &&
  value.every(one => typeof one === 'string' && /^.{1,100}$/s.test(one));

/**
 * The traits of a person as the attributes of a profile. What means no attribute, or is none that it could be, becomes
 * a custom field.
 *
 * @example personTraits({ first_name: 'Ada', plan: 'pro' }).traits // { firstName: 'Ada', customFields: { plan: 'pro' } }
 */
export const personTraits = (given: Traits): Told => {
  const traits: AttributesPatch = {};
  const further: Traits = {};
  const known = new Set<AttributeName>();
  const put = (name: AttributeName, value: unknown): boolean => {
    const parsed = attributeShape[name].nullable().safeParse(asAttribute(name, value));
    if (parsed.success) Object.assign(traits, { [name]: parsed.data });
    return parsed.success;
  };
  for (const [name, value] of Object.entries(unfolded(given))) {
    const attribute = attributeOf.get(plain(name));
    if (attribute !== undefined && put(attribute, value)) known.add(attribute);
    else if (name === 'tags' && isTags(value)) traits.tags = value;
    else further[name] = value;
  }
  for (const [name, value] of namesOf(given, known)) put(name, value);
  const { fields, rest } = customFields(further);
  if (Object.keys(fields).length > 0) traits.customFields = fields;
  return { traits: unlessEmpty(traits), rest: unlessEmpty(rest) };
};

/**
 * What a company is told by is kept with the person: its name as `company`, everything else as fields that begin with
 * `company_`.
 *
 * @example companyTraits('c-1', { name: 'Shop', plan: 'pro' }).traits
 *   // { company: 'Shop', customFields: { company_id: 'c-1', company_plan: 'pro' } }
 */
export const companyTraits = (groupId: string | undefined, { name, ...about }: Traits): Told => {
  const company = attributeShape.company.nullable().safeParse(name);
  const told = {
    ...(groupId === undefined ? {} : { id: groupId }),
    ...about,
    ...(company.success || name === undefined ? {} : { name }),
  };
  const { fields, rest } = customFields(told, 'company_');
  const traits: AttributesPatch = {
    ...(company.success ? { company: company.data } : {}),
    ...(unlessEmpty(fields) ? { customFields: fields } : {}),
  };
  return { traits: unlessEmpty(traits), rest: unlessEmpty(rest) };
};
