import * as z from 'zod';
import { projectFields } from '../contract/project-fields.ts';
import { profileView } from '../engines/profiles/profile-view.ts';
import type { Fact } from '../model/fact.ts';
import { Profile } from '../model/profile.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';

const shapes = Profile.shape;

/** What is sent along of a profile: the fields that were asked for, as far as whoever asked may read them. */
const shownFields = (state: ProfileState, { fields, fieldPolicy }: StoredWebhook): unknown => {
  const shape: Record<string, z.ZodType> = Object.fromEntries(fields.map(name => [name, shapes[name]]));
  const view = profileView(state);
  const asked = Object.fromEntries(fields.map(name => [name, view[name]]));
  return projectFields(z.object(shape), fieldPolicy, asked);
};

/**
 * The body of a message, as Standard Webhooks has it: thin, unless the subscription asks for more. What is sent along is
 * as of now, not as of the fact.
 */
export const webhookBody = (fact: Fact, webhook: StoredWebhook, state: ProfileState | undefined): string => {
  const { id, type, at, order, data } = fact;
  const isLive = state?.head.life === 'live' && webhook.fields.length > 0;
  const profile = isLive ? { profile: shownFields(state, webhook) } : {};
  return JSON.stringify({ id, type, timestamp: at, order, data: { ...data, ...profile } });
};
