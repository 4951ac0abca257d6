import { fillBody, type Target } from './fill-bodies.ts';
import { fillParameters, nobody, pathWith } from './fill-parameters.ts';
import type { MalformedBody } from './malformed-bodies.ts';
import { differences } from './read-back.ts';
import type { Received, Sender } from './sender.ts';
import type { ServedRoute } from './served-routes.ts';

export interface Assault {
  sender: Sender;
  routes: readonly ServedRoute[];
  bodies: readonly MalformedBody[];
  texts: readonly string[];
}

/** A body that is no good JSON must be refused, whatever its route. */
const sendMalformed = async ({ sender, routes, bodies }: Assault): Promise<string[]> => {
  const taking = routes.filter(({ example }) => example !== undefined);
  const pairs = taking.flatMap(route => bodies.map(body => ({ route, body })));
  const faults = await sender.each(pairs, async ({ route, body: { name, bytes, headers } }) => {
    const sent = { method: route.method, path: pathWith(route, nobody), body: bytes, headers };
    const { status } = await sender.send(sent, name);
    return [400, 413, 422].includes(status) || status >= 500 ? [] : [`${route.id} answers ${status} for ${name}`];
  });
  return faults.flat();
};

const headers = ['idempotency-key', 'if-match', 'authorization', 'content-type', 'content-encoding', 'x-cdp-origin'];

const sendHeaders = async ({ sender, routes, texts }: Assault): Promise<void> => {
  const sendable = texts.filter(text => /^[\x20-\x7e\xa0-\xff]{0,4000}$/.test(text));
  const taking = routes.filter(({ id }) => id === 'updateProfile' || id === 'trackEvent');
  const pairs = taking.flatMap(route => headers.flatMap(name => sendable.map(text => ({ route, name, text }))));
  await sender.each(pairs, async ({ route, name, text }) => {
    const sent = { method: route.method, path: pathWith(route, nobody), body: Buffer.from('{}') };
    await sender.send({ ...sent, headers: { [name]: text } }, `header ${name}`);
  });
};

const dataIn = ({ text }: Received): { id?: string } & Record<string, unknown> =>
  (JSON.parse(text) as { data: Record<string, unknown> }).data;

const readBack = async ({ sender }: Assault, id: string): Promise<unknown> =>
  dataIn(await sender.send({ method: 'GET', path: `/api/cdp/profiles/${id}` }, 'read back'));

/** Profiles that are created with a text everywhere, and then updated with it: they must hold what they took. */
const fillProfile = async (assault: Assault, create: Target, update: ServedRoute, text: string): Promise<string[]> => {
  const faults: string[] = [];
  for await (const created of fillBody(assault.sender, create, text)) {
    const id = String(dataIn(created.answer).id);
    faults.push(...differences(await readBack(assault, id), created.taken, text));
    for await (const { taken } of fillBody(assault.sender, targetOf(update, id), text)) {
      faults.push(...differences(await readBack(assault, id), taken, text));
    }
  }
  return faults;
};

/** Filled from nothing: every field of the body is of the text. */
const targetOf = (route: ServedRoute, id: string): Target => ({
  route: { ...route, example: {} },
  path: pathWith(route, id),
});

/** What these keep starts work for every profile there is, so of the texts that they take only some are kept. */
const costly = new Set(['createSegment', 'createAudience', 'createApiKey']);
const keepEvery = 8;

const fillOther = async (sender: Sender, route: ServedRoute, text: string, index: number): Promise<void> => {
  const once = costly.has(route.id) && index % keepEvery !== 0;
  for await (const _filled of fillBody(sender, { route, path: pathWith(route, nobody), once }, text));
};

const profileRoutes = new Set(['createProfile', 'updateProfile']);

/** Texts in every place that may keep them. Returns what does not read back as it was accepted. */
export const sendTexts = async (assault: Assault): Promise<string[]> => {
  const { sender, routes, texts } = assault;
  const [create, update] = ['createProfile', 'updateProfile'].map(id => routes.find(route => route.id === id));
  const others = routes.filter(({ id, example }) => example !== undefined && !profileRoutes.has(id));
  const pairs = others.flatMap(route => texts.map((text, index) => ({ route, text, index })));
  await sender.each(pairs, ({ route, text, index }) => fillOther(sender, route, text, index));
  if (!create || !update) throw new Error('the document has no profiles to create and update');
  return (await sender.each(texts, text => fillProfile(assault, targetOf(create, ''), update, text))).flat();
};

/** What a platform must refuse, or answer without keeping anything. Returns what was accepted and should not have been. */
export const sendRefusable = async (assault: Assault): Promise<string[]> => {
  const { sender, routes, texts } = assault;
  const faults = await sendMalformed(assault);
  const pairs = routes.flatMap(route => texts.map(text => ({ route, text })));
  await sender.each(pairs, ({ route, text }) => fillParameters(sender, route, text));
  await sendHeaders(assault);
  return faults;
};
