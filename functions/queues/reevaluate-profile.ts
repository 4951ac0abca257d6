import { reevaluateProfile } from '../../core/contract/messages.ts';
import { reevaluateProfiles } from '../../core/flows/reevaluate-profiles.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(reevaluateProfile, reevaluateProfiles);
