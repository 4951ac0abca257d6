import { placesLeft, refusalIn } from './place-text.ts';
import type { Sender } from './sender.ts';
import type { ServedRoute, TextPlace } from './served-routes.ts';

export const nobody = 'nothing-has-this-id';

export const pathWith = ({ path }: ServedRoute, id: string): string =>
  path.replaceAll(/\{\w+\}/g, encodeURIComponent(id));

/** Lists are asked for one item at a time, so that the platform reads requests instead of items. */
const addressWith = (route: ServedRoute, id: string, query: Record<string, string> = {}): string => {
  const isAsked = (asked: string) => route.places.some(({ part, path: [name] }) => part === 'query' && name === asked);
  const known = { limit: '1', type: 'email', value: 'nobody@example.com' };
  const needed = Object.entries(known).filter(([name]) => isAsked(name) && (name === 'limit' || isAsked('value')));
  const search = new URLSearchParams({ ...Object.fromEntries(needed), ...query }).toString();
  return `${pathWith(route, id)}${search && `?${search}`}`;
};

/** Where an id decides the printed example, so that the id is reached; elsewhere one that keeps nothing. */
const bodyOf = ({ path, example }: ServedRoute): Buffer | undefined =>
  example === undefined ? undefined : Buffer.from(path.includes('{') ? JSON.stringify(example) : '[]');

/** An address has no room for more in every parameter. */
const textLengthMax = 1100;
const roundsMax = 8;

/** As with bodies: a text in every parameter of the query at once, then in those that were not refused by name. */
const fillQuery = async (sender: Sender, route: ServedRoute, text: string): Promise<void> => {
  let places: readonly TextPlace[] = route.places.filter(({ part }) => part === 'query');
  for (let round = 0; round < roundsMax && places.length > 0; round += 1) {
    const query = Object.fromEntries(places.map(({ path: [name = ''] }) => [name, text]));
    const sent = { method: route.method, path: addressWith(route, nobody, query), body: bodyOf(route) };
    const answer = await sender.send(sent, `query ${Object.keys(query)}`);
    if (answer.status < 400) return;
    const left = placesLeft(places, refusalIn(answer));
    if (left.length === places.length) return;
    places = left;
  }
};

/** Puts a text into the path of a route and into its query. */
export const fillParameters = async (sender: Sender, route: ServedRoute, text: string): Promise<void> => {
  if (text.length > textLengthMax) return;
  if (pathWith(route, nobody) !== route.path) {
    await sender.send({ method: route.method, path: addressWith(route, text), body: bodyOf(route) }, 'path');
  }
  await fillQuery(sender, route, text);
};
