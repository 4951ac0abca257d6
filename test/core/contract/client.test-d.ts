/** Checked by the type checker alone: each marked line must be a compile error. */
import { openClient } from '../../../core/contract/client.ts';

const cdp = openClient({ baseUrl: 'http://localhost:3001', key: 'key' });

export const accepted = async (): Promise<string[]> => {
  const profile = await cdp.createProfile({ body: { email: 'jane@example.com' }, query: { onConflict: 'upsert' } });
  const page = await cdp.listSegments({ query: { limit: 10, type: 'behavioral' } });
  const health = await cdp.health();
  const nothing: undefined = await cdp.revokeApiKey({ params: { id: 'key-1' } });
  await cdp.listSegments();
  await cdp.updateProfile({ params: { id: profile.id }, body: {} }, { headers: { 'if-match': '"1"' } });
  const { accepted: count } = await cdp.trackEvents({ body: { events: [{ type: 'purchase' }] } });
  return [profile.id, health.status, `${page.items[0]?.type}`, count.toFixed(), String(nothing)];
};

export const refused = async (): Promise<void> => {
  // @ts-expect-error: no such route
  await cdp.noSuchRoute();
  // @ts-expect-error: the id is missing
  await cdp.getProfile();
  // @ts-expect-error: the parameter has another name
  await cdp.getProfile({ params: { profileId: 'profile-1' } });
  // @ts-expect-error: a body is needed
  await cdp.createSegment({});
  // @ts-expect-error: no such type of segment
  await cdp.createSegment({ body: { name: 'All', type: 'rules-based' } });
  // @ts-expect-error: no such field
  await cdp.createProfile({ body: { shoeSize: 43 } });
  // @ts-expect-error: no such answer to a conflict
  await cdp.createProfile({ body: {}, query: { onConflict: 'ignore' } });
  // @ts-expect-error: an answer has only the fields of its contract
  (await cdp.getStats()).totalShoes.toFixed();
};
