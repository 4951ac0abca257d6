import * as z from 'zod';
import { Bounds, EventCondition, Group, RfmScores, SequenceCondition } from './condition.ts';

/** What segments may be decided by; `manual` ones by nobody but those who put people into them. */
export const segmentTypes = ['rule-based', 'behavioral', 'rfm', 'predictive', 'manual'] as const;
export const SegmentType = z.enum(segmentTypes);
export type SegmentType = z.output<typeof SegmentType>;

/** What was predicted of somebody: scores from 0 to 100, and money. */
const PredictiveRules = z
  .strictObject({
    churnRisk: Bounds.optional(),
    engagementScore: Bounds.optional(),
    purchasePropensity: Bounds.optional(),
    ltv12m: Bounds.optional(),
  })
  .refine(rules => Object.keys(rules).length > 0, 'must ask for a prediction')
  .meta({ id: 'PredictiveRules' });
export type PredictiveRules = z.output<typeof PredictiveRules>;

/** The rules of a segment: a group of conditions for every type; or the short form that its type has. */
export const SegmentRules = z.union([Group, EventCondition, SequenceCondition, RfmScores, PredictiveRules]);
export type SegmentRules = z.output<typeof SegmentRules>;
