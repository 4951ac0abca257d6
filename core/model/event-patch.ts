import * as z from 'zod';
import { Identifier } from './identifier.ts';
import { JsonObject } from './json-object.ts';
import { AttributesPatch } from './profile.ts';

const text = z.string().max(256).nullish();

/**
 * What is to be changed of events, as a JSON merge patch (RFC 7396): `null` takes a member out, objects are merged,
 * everything else replaces. It cannot change what an event is known by.
 */
export const EventPatch = z.strictObject({
  profileId: text,
  identifiers: z.array(Identifier).min(1).max(20).nullish(),
  type: z.string().min(1).max(100).optional(),
  timestamp: z.string().max(64).nullish(),
  properties: JsonObject.nullish(),
  traits: AttributesPatch.nullish(),
  consent: JsonObject.nullish(),
  sessionId: text,
  deviceId: text,
  anonymousId: text,
  source: text,
  context: JsonObject.nullish(),
});
export type EventPatch = z.output<typeof EventPatch>;
