import { describe, expect, test } from 'vitest';
import { placeText } from '../../../../core/flows/audience-place.ts';
import { openAudienceLoop, spenders } from '../../../fixtures/audience-loop.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';

/** An active audience of a, c and e, who have agreed; b and d have not. */
const opened = async () => {
  const setup = await openAudienceLoop();
  const platform = await loopPlatform(setup.loop);
  const { id: everybody } = await setup.loop.segment({
    operator: 'AND',
    conditions: [{ field: 'computed.ltv', operator: '>', value: 1 }],
  });
  await setup.loop.fold(spenders(['a', 'b', 'c', 'd', 'e']));
  await setup.loop.fold(spenders(['small']).map(event => ({ ...event, properties: { amount: 5 } })));
  await setup.loop.run();
  const { id } = setup.audience;
  const params = { id };
  const put = async (body: object, headers: Record<string, string> = {}) =>
    platform.call('updateAudience', { params, body, headers });
  const version = async () => (await setup.loop.services.audiences.get(id))?.version;
  return { ...setup, platform, params, put, version, everybody };
};

const active = async () => {
  const setup = await opened();
  await setup.activate();
  await setup.loop.run();
  return setup;
};

test('an audience is read with its tag, and how many its platform has', async () => {
  const { platform, params } = await active();
  const { data, headers } = await platform.call('getAudience', { params });
  expect(data).toMatchObject({ name: 'Spenders', reach: [{ platform: 'webhook', held: 3, failed: 0 }] });
  expect(headers.etag).toBe('"2"');
});

describe('updateAudience', () => {
  test('changes what is sent and leaves the rest; null clears the description', async () => {
    const { put, audience } = await opened();
    const described = await put({ description: 'Who spends' });
    expect(described.data).toMatchObject({ name: audience.name, description: 'Who spends', config: audience.config });
    const renamed = await put({ name: 'Best', description: null });
    expect(renamed.data).toMatchObject({ name: 'Best', segmentIds: audience.segmentIds });
    expect(renamed.data).not.toHaveProperty('description');
  });

  test('the same again changes nothing', async () => {
    const { put, version } = await opened();
    await put({ name: 'Best' });
    const before = await version();
    expect((await put({ name: 'Best' })).status).toBe(200);
    expect(await version()).toBe(before);
  });

  test('with the tag of an earlier state it is refused, with that of now it is made', async () => {
    const { put, platform, params } = await opened();
    const { headers } = await platform.call('getAudience', { params });
    const match = { 'if-match': headers.etag ?? '' };
    const first = await put({ name: 'First' }, match);
    expect([first.status, first.headers.etag]).toEqual([200, '"2"']);
    const second = await put({ name: 'Second' }, match);
    expect([second.status, second.error.code]).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await platform.call('getAudience', { params })).data.name).toBe('First');
  });

  test('of many updates of one state one is made', async () => {
    const { put } = await opened();
    const answers = await Promise.all(['x', 'y', 'z'].map(name => put({ name }, { 'if-match': '"1"' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  test('another name sends nothing', async () => {
    const { put, loop } = await active();
    const rows = loop.receiver.rows.length;
    expect((await put({ name: 'Best' })).data.syncs[0]?.operation).toBe('add');
    await loop.run();
    expect(loop.receiver.rows).toHaveLength(rows);
  });

  test('other segments of an active audience: the platform is brought to the new state', async () => {
    const { put, loop, received, everybody, segmentId } = await active();
    expect(received()).toEqual(['a', 'c', 'e']);
    const { data } = await put({ segmentIds: [everybody] });
    await loop.run();
    expect(received()).toEqual(['a', 'c', 'e', 'small']);
    expect(data.syncs).toMatchObject([{ operation: 'replace', active: true }]);
    await put({ segmentIds: [segmentId] });
    await loop.run();
    expect(received()).toEqual(['a', 'c', 'e']);
  });

  test('other segments of an audience that is not active: nothing is sent', async () => {
    const { put, loop, everybody } = await opened();
    expect((await put({ segmentIds: [everybody] })).data.syncs).toEqual([]);
    await loop.run();
    expect(loop.receiver.rows).toEqual([]);
  });

  test('one more consent that is required takes out whoever has not given it', async () => {
    const { put, loop, received, audience } = await active();
    await put({ config: { webhook: { ...audience.config.webhook, requiredConsent: ['email', 'sms'] } } });
    await loop.run();
    expect(received()).toEqual([]);
  });

  test('another address is told of everybody', async () => {
    const { put, loop, received } = await active();
    const addresses = new Set<string>();
    loop.receiver.onArrival = ({ place }) => void addresses.add(placeText(place));
    const rows = loop.receiver.rows.length;
    await put({ config: { webhook: { url: 'https://other.example/hook' } } });
    await loop.run();
    expect(loop.receiver.rows).toHaveLength(rows + 3);
    expect([...addresses]).toEqual(['https://other.example/hook']);
    expect(received()).toEqual(['a', 'c', 'e']);
  });

  test.each([
    ['a segment that there is not', { segmentIds: ['segment-none'] }, 404],
    ['an address that must not be reached', { config: { webhook: { url: 'http://example.com/hook' } } }, 422],
    ['a platform that there is not', { platforms: ['pigeon'] }, 422],
    ['an active platform that is to go', { platforms: ['facebook'] }, 409],
  ])('%s is refused, and nothing changes', async (_what, body, expected) => {
    const { put, version } = await active();
    const before = await version();
    expect((await put(body)).status).toBe(expected);
    expect(await version()).toBe(before);
  });
});

describe('deleteAudience', () => {
  const remove = ({ platform, params }: Awaited<ReturnType<typeof opened>>, query = {}) =>
    platform.call('deleteAudience', { params, query });

  test('is gone at once; its platform keeps whom it has, and nothing is kept of it with the people', async () => {
    const setup = await active();
    const { loop, platform, params, received } = setup;
    const { data } = await remove(setup);
    expect(data).toEqual({ id: params.id, deleted: true, syncIds: [] });
    await loop.run();
    expect((await platform.call('getAudience', { params })).status).toBe(404);
    expect(received()).toEqual(['a', 'c', 'e']);
    expect(loop.contents().filter(({ sk }) => sk.startsWith('Y#'))).toEqual([]);
    expect((await remove(setup)).status).toBe(404);
  });

  test('with removeRemote everybody is taken out first, and then it is gone', async () => {
    const setup = await active();
    const { loop, platform, params, received, put, pass } = setup;
    loop.receiver.fault = 'unreachable';
    const { data } = await remove(setup, { removeRemote: true });
    expect(data).toEqual({ id: params.id, deleted: false, syncIds: [expect.any(String)] });
    await loop.run();
    expect((await platform.call('getAudience', { params })).data.deleting).toBe(true);
    expect((await put({ name: 'Other' })).status).toBe(409);
    expect((await platform.call('activateAudience', { params, body: { platform: 'webhook' } })).status).toBe(409);
    loop.receiver.fault = undefined;
    await pass(1);
    expect(received()).toEqual([]);
    expect((await platform.call('getAudience', { params })).status).toBe(404);
    const job = await platform.call('getJob', { params: { id: data.syncIds[0] ?? '' } });
    expect(job.data.status).toBe('completed');
  });

  test('whoever cannot be taken out keeps it, until a retry has', async () => {
    const setup = await active();
    const { loop, platform, params, received } = setup;
    loop.receiver.fault = 'refused';
    const { data } = await remove(setup, { removeRemote: true });
    await loop.run();
    const sync = { id: params.id, syncId: data.syncIds[0] ?? '' };
    expect((await platform.call('getSync', { params: sync })).data).toMatchObject({ status: 'failed' });
    expect(received()).toEqual(['a', 'c', 'e']);
    loop.receiver.fault = undefined;
    expect((await platform.call('retrySync', { params: sync })).status).toBe(202);
    await loop.run();
    expect(received()).toEqual([]);
    expect((await platform.call('getAudience', { params })).status).toBe(404);
  });

  test('one that was never sent anywhere is gone at once', async () => {
    const setup = await opened();
    expect((await remove(setup, { removeRemote: true })).data).toMatchObject({ deleted: true, syncIds: [] });
    expect((await setup.platform.call('listAudiences')).data.items).toEqual([]);
  });
});
