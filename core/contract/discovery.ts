import * as z from 'zod';
import { Group } from '../language/condition.ts';
import { discoveryFeatures } from '../model/discovery-features.ts';
import { route } from './route.ts';

const Cluster = z.object({
  name: z.string(),
  size: z.number().int(),
  share: z.number(),
  /** What they are like, beside everybody. */
  traits: z.array(z.object({ feature: z.string(), median: z.number(), everybody: z.number(), inWords: z.string() })),
  /** To be saved as they are: `POST /segments` with these rules. */
  suggestedRules: Group,
  inWords: z.string(),
  /** How well the rules find the cluster: of those whom they find, and of those who are in it. */
  fidelity: z.object({ precision: z.number(), recall: z.number(), found: z.number().int() }),
  /** The segment, where it was saved. */
  segmentId: z.string().optional(),
});

export const discoverSegments = route({
  id: 'discoverSegments',
  capability: 'ml',
  method: 'POST',
  path: '/ml/segments/discover',
  scope: 'write',
  status: 200,
  summary: 'Find groups of people who are alike, each with rules that can be read',
  description:
    'Groups of up to 20,000 people by what they bought and did. `k` is found where it is not given. Rules are a tree of ' +
    'at most three questions; `fidelity` says how well they find the group. `save` makes segments of them.',
  body: z.strictObject({
    k: z.int().min(2).max(10).optional(),
    features: z.array(z.enum(discoveryFeatures)).min(2).max(discoveryFeatures.length).optional(),
    save: z.boolean().default(false),
  }),
  response: z.object({
    status: z.enum(['found', 'insufficient_data']),
    reason: z.string().optional(),
    people: z.number().int(),
    /** How clearly groups stand apart, −1 to 1. */
    silhouette: z.number().optional(),
    clusters: z.array(Cluster),
  }),
  examples: [{ summary: 'As many groups as there are', body: {} }],
});
