import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openClient } from '../../core/contract/client.ts';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { Gate } from '../verify/sdks/gate.ts';
import { jitsuNode, rudderNode, segmentNode } from '../verify/sdks/node-sdks.ts';
import { type Outcomes, visit } from '../verify/sdks/visit.ts';

let platform: RunningPlatform;
let gate: Gate;

beforeAll(async () => {
  platform = await startPlatform();
  gate = await Gate.open(platform.url);
}, 120_000);

afterAll(async () => {
  gate?.close();
  await platform?.stop();
});

const always = [
  'page',
  'track, anonymous',
  'identify',
  'group',
  'track, order',
  'ltv',
  'session',
  'timeline',
  '500 and retry',
];
const ofBoth = ['screen', 'alias', 'flush', 'batch'];

describe.each([
  [segmentNode, ofBoth],
  [rudderNode, ofBoth],
  [jitsuNode, []],
])('$name, unchanged', (sdk, further) => {
  let outcomes: Outcomes;

  beforeAll(async () => {
    const api = openClient({ baseUrl: platform.url, key: platform.adminKey });
    outcomes = await visit(sdk, { gate, api, writeKey: platform.writeKey, run: sdk.name.replaceAll(/\W/g, '') });
  }, 120_000);

  test.each([...always, ...further])('has its effect: %s', call => {
    expect(outcomes.get(call)).toBe('holds');
  });
});
