import * as z from 'zod';
import { Identifier } from './identifier.ts';
import { AttributesPatch, consentChannels } from './profile.ts';

/** Whose request it is, and what is asked beyond its type: sealed as long as it is kept. */
export const RequestSubject = z.object({
  profileId: z.string().optional(),
  /** As they were given, and those that the profile had. */
  identifiers: z.array(Identifier),
  /** Of a rectification. */
  changes: AttributesPatch.optional(),
  /** Of an objection; absent: all. */
  channels: z.array(z.enum(consentChannels)).optional(),
});
export type RequestSubject = z.output<typeof RequestSubject>;
