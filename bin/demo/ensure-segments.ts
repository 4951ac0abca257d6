import type { Client } from '../../core/contract/client.ts';
import type { Segment } from '../../core/contract/segments.ts';
import { demoSegments } from './demo-segments.ts';
import type { DemoSettings } from './demo-settings.ts';

/** The demo's segments: those that are there stay as they are, the others are made. */
export const ensureSegments = async (
  client: Client,
  settings: DemoSettings,
  there: ReadonlyMap<string, Segment>,
): Promise<Segment[]> => {
  const segments: Segment[] = [];
  for (const body of demoSegments(settings)) {
    segments.push(there.get(body.name) ?? (await client.createSegment({ body })));
  }
  return segments;
};
