import { sessionId } from '../../../core/engines/sessions/session-id.ts';
import type { SessionView } from '../../../core/engines/sessions/session-view.ts';
import { sessionsOf } from '../../../core/engines/sessions/sessions-of.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import type { Told } from './reference.ts';

const campaignOf = ({ source = '', medium = '', name = '' }: NonNullable<SessionView['campaign']>): string =>
  `${source}/${medium}/${name}`;

/** What the engine says of a history, in the form in which the reference says it. */
export const toldByEngine = (history: readonly AcceptedEvent[]): Told[] =>
  sessionsOf(history, { profileId: 'profile-1', accountCurrency: 'USD' }).map(({ view, session, visit }) => ({
    id: view.id,
    events: session.events.map(({ id }) => id),
    quiet: session.quiet.map(({ id }) => id),
    startedAt: view.startedAt,
    endedAt: view.endedAt,
    durationSeconds: view.durationSeconds,
    pageViews: view.pageViews,
    purchases: view.purchases,
    revenue: view.revenue.USD ?? 0,
    bounced: view.bounced,
    entryPage: view.entryPage,
    exitPage: view.exitPage,
    channel: view.channel,
    campaign: view.campaign && campaignOf(view.campaign),
    visit: visit.map(sessionId).sort(),
  }));
