import type * as z from 'zod';
import type { createSegment } from '../../core/contract/segments.ts';
import { dayMs } from './demo-calendar.ts';
import { type DemoSettings, settingsText } from './demo-settings.ts';

export type NewSegment = z.input<(typeof createSegment)['body']>;

export const highValueName = 'Demo: High value customers';

/** The segments of the demo. Who was quiet for the last third of the time has gone. */
export const demoSegments = (settings: DemoSettings): [NewSegment, NewSegment, NewSegment] => {
  const quietFrom = new Date(Date.parse(settings.until) - Math.round(settings.days / 3) * dayMs).toISOString();
  const madeBy = `Made by cdp demo: ${settingsText(settings)}.`;
  return [
    {
      name: highValueName,
      description: `Spent more than 500 in three orders or more. ${madeBy}`,
      type: 'rule-based',
      rules: {
        operator: 'AND',
        conditions: [
          { field: 'computed.ltv', operator: '>', value: 500 },
          { field: 'computed.purchaseCount', operator: '>=', value: 3 },
        ],
      },
    },
    {
      name: 'Demo: Gone quiet',
      description: `Bought something, and has not been seen lately. ${madeBy}`,
      type: 'behavioral',
      rules: {
        operator: 'AND',
        conditions: [
          { field: 'computed.purchaseCount', operator: '>', value: 0 },
          { field: 'computed.lastSeenDate', operator: '<', value: quietFrom },
        ],
      },
    },
    {
      name: 'Demo: Europe, reachable',
      description: `Lives in Europe and agreed to e-mail or text messages. ${madeBy}`,
      type: 'rule-based',
      rules: {
        operator: 'AND',
        conditions: [
          { field: 'attributes.country', operator: 'in', value: ['DE', 'FR', 'GB'] },
          {
            operator: 'OR',
            conditions: [
              { field: 'consent.email', operator: '=', value: true },
              { field: 'consent.sms', operator: '=', value: true },
            ],
          },
        ],
      },
    },
  ];
};
