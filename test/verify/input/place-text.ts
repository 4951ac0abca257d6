import type { TextPlace } from './served-routes.ts';

type Container = Record<string, unknown> | unknown[];

const containerFor = (next: string | undefined): Container => (next === '0' ? [] : {});

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const put = (container: Container, name: string, value: unknown): void => {
  Object.defineProperty(container, name, { value, enumerable: true, writable: true, configurable: true });
};

const placeOne = (body: Container, { part, path }: TextPlace, text: string): void => {
  const names = part === 'name' ? [...path, text] : path;
  let at = body;
  for (const [index, name] of names.slice(0, -1).entries()) {
    const next: unknown = Object.hasOwn(at, name) ? (at as Record<string, unknown>)[name] : undefined;
    const inner = isContainer(next) ? next : containerFor(names[index + 1]);
    put(at, name, inner);
    at = inner;
  }
  put(at, names.at(-1) ?? '', part === 'name' ? 'x' : text);
};

/** A copy of the body with the text in each of the places. Names are set as they are, `__proto__` too. */
export const placeText = (body: unknown, places: readonly TextPlace[], text: string): unknown => {
  const copy = structuredClone(body) as Container;
  for (const place of places) placeOne(copy, place, text);
  return copy;
};

const leadsThrough = (outer: readonly string[], inner: readonly string[]): boolean =>
  outer.length <= inner.length && outer.every((name, index) => inner[index] === name);

const collide = (left: TextPlace, right: TextPlace): boolean =>
  left.part === 'body' &&
  right.part === 'body' &&
  (leadsThrough(left.path, right.path) || leadsThrough(right.path, left.path));

/** Places in groups that can all be filled at once: of `value` and `value.0` only one can stand in a body. */
export const placesTogether = (places: readonly TextPlace[]): TextPlace[][] => {
  const groups: TextPlace[][] = [];
  for (const place of places) {
    const room = groups.find(group => !group.some(other => collide(place, other)));
    if (room) room.push(place);
    else groups.push([place]);
  }
  return groups;
};

const identifying = new Set(['externalIds', 'customerId', 'email', 'phone']);

interface Refused {
  error?: { code?: string; details?: { path: string }[] };
}

/** What an answer refuses; nothing where it is none of ours, as a gateway's. */
export const refusalIn = ({ text }: { text: string }): Refused => {
  try {
    return JSON.parse(text) ?? {};
  } catch (fault) {
    if (fault instanceof SyntaxError) return {};
    throw fault;
  }
};

/** The places that an answer has not refused: it names what it refuses, and a conflict is one of identifiers. */
export const placesLeft = (places: readonly TextPlace[], { error }: Refused): TextPlace[] => {
  if (error?.code === 'CONFLICT') return places.filter(({ path }) => !path.some(name => identifying.has(name)));
  const refused = (error?.details ?? []).map(({ path }) => path.replace(/^(body|event|query)\.?/, ''));
  const isRefused = (place: TextPlace): boolean => {
    const path = place.path.join('.');
    return refused.some(
      one => one === path || one.startsWith(`${path}.`) || (one !== '' && path.startsWith(`${one}.`)),
    );
  };
  return places.filter(place => !isRefused(place));
};
