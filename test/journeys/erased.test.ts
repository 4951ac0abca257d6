import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { until } from '../fixtures/until.ts';

const email = 'to-be-forgotten@example.com';
const [minute, seconds] = [60_000, 30];
let platform: RunningPlatform;
beforeAll(async () => {
  platform = await startPlatform();
}, 3 * minute);
afterAll(() => platform.stop());

type Answer = { data: Record<string, unknown> };
const track = async (messageId: string): Promise<string> => {
  const event = { messageId, type: 'page_view', identifiers: [{ type: 'email', value: email }] };
  const { json } = await platform.call('POST', '/events', event);
  return String((json as Answer).data.eventId ?? (json as Answer).data.id);
};

const lookUp = async (): Promise<{ status: number; id: unknown }> => {
  const { status, json } = await platform.call('GET', `/profiles/lookup?type=email&value=${encodeURIComponent(email)}`);
  return { status, id: (json as Partial<Answer>).data?.id };
};

test(
  'who is erased is gone at once, and the next event of the same person creates nothing and is told as refused',
  async () => {
    await track('before');
    await until('a profile', async () => (await lookUp()).status === 200, seconds);
    const { id } = await lookUp();
    const erased = await platform.call('POST', `/gdpr/delete/${id}`, {});
    expect(erased.status).toBe(202);
    expect((await platform.call('GET', `/profiles/${id}`)).status).toBe(404);
    const eventId = await track('after');
    const fate = async () => (await platform.call('GET', `/events/${eventId}`)).json as Answer;
    await until('its fate', async () => JSON.stringify(await fate()).includes('refused'), seconds);
    expect((await lookUp()).status).toBe(404);
    expect((await platform.call('POST', '/profiles', { email })).status).toBe(409);
  },
  3 * minute,
);
