import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';

const noon = Date.parse('2026-02-15T12:00:00.000Z');

/** A page view so many seconds after noon, or whatever else it is said to be. */
export const viewed = (
  seconds: number,
  { cookie, ...said }: Partial<AcceptedEvent> & { cookie?: string } = {},
): AcceptedEvent => {
  const at = new Date(noon + seconds * 1_000).toISOString();
  return {
    ...{ id: `event-${seconds}`, messageId: `m-${seconds}`, type: 'page_view', timestamp: at, receivedAt: at },
    properties: {},
    identifiers: cookie === undefined ? [] : [{ type: 'anonymousId', value: cookie }],
    ...said,
  };
};
