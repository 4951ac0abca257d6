import { placesLeft, placesTogether, placeText, refusalIn } from './place-text.ts';
import type { Received, Sender } from './sender.ts';
import type { ServedRoute, TextPlace } from './served-routes.ts';

/** What a route made of a text: the places that it took it in, and its last answer. */
export interface Filled {
  taken: readonly TextPlace[];
  answer: Received;
}

export interface Target {
  route: ServedRoute;
  /** The path with its parameters filled in. */
  path: string;
  /** `true`: what is refused is not mended, so that nothing is kept. */
  once?: boolean;
}

const roundsMax = 8;

const fillGroup = async (
  sender: Sender,
  { route, path, once = false }: Target,
  group: readonly TextPlace[],
  text: string,
): Promise<Filled | undefined> => {
  let places = group;
  const rounds = once ? 1 : roundsMax;
  for (let round = 0; round < rounds && places.length > 0; round += 1) {
    const body = Buffer.from(JSON.stringify(placeText(route.example, places, text)));
    const answer = await sender.send({ method: route.method, path, body }, JSON.stringify(text).slice(0, 60));
    if (answer.status < 400) return { taken: places, answer };
    const left = placesLeft(places, refusalIn(answer));
    if (left.length === places.length) break;
    places = left;
  }
  return undefined;
};

/**
 * Puts a text into every place of a route's body at once. What the answer names as refused is taken out and the rest is
 * sent again, until it is accepted: so the text has been in every place, and is kept wherever it can be. Places that
 * cannot stand in one body come one after the other.
 */
export async function* fillBody(sender: Sender, target: Target, text: string): AsyncGenerator<Filled> {
  const places = target.route.places.filter(({ part }) => part === 'body' || part === 'name');
  for (const group of placesTogether(places)) {
    const filled = await fillGroup(sender, target, group, text);
    if (filled) yield filled;
  }
}
