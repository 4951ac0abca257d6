import type { Journey } from './journey.ts';
import { audiencesJourney } from './journeys/audiences.ts';
import { eventsJourney } from './journeys/events.ts';
import { importsJourney } from './journeys/imports.ts';
import { privacyJourney } from './journeys/privacy.ts';
import { profilesJourney } from './journeys/profiles.ts';
import { segmentsJourney } from './journeys/segments.ts';
import { settingsJourney } from './journeys/settings.ts';
import { shellJourney } from './journeys/shell.ts';

/** One for each finished tab, and one for what stands around them. */
export const allJourneys: readonly Journey[] = [
  shellJourney,
  profilesJourney,
  segmentsJourney,
  audiencesJourney,
  eventsJourney,
  importsJourney,
  privacyJourney,
  settingsJourney,
];
