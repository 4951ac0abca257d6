import { takeEvents } from '../../core/flows/take-events.ts';
import type { Caller } from '../../core/model/caller.ts';
import {
  type Answering,
  jsonAnswer,
  openTestServer,
  type TestAnswer,
  type TestRequest,
} from '../fixtures/test-server.ts';

interface SentEvent {
  messageId: string;
  [name: string]: unknown;
}

export const eventsIn = ({ body }: TestRequest): SentEvent[] => (JSON.parse(body) as { events: SentEvent[] }).events;

const caller: Caller = { id: 'key-1', kind: 'secret', scopes: ['admin'], fieldPolicy: {} };

/** Judges events as the platform does, and keeps none. */
export const takeAll = (request: TestRequest): TestAnswer => {
  let count = 0;
  const nextEventId = (): string => {
    count += 1;
    return `event-${count}`;
  };
  const context = { strict: request.url.includes('strict=true'), caller };
  const taken = takeEvents(eventsIn(request), context, { now: () => new Date(), nextEventId });
  const data = {
    batchId: 'batch-1',
    accepted: taken.fresh.length,
    duplicates: taken.duplicates,
    rejected: taken.rejected,
    results: taken.results.map(({ event, warnings, problem }, index) => ({
      index,
      id: event?.id,
      warnings,
      error: problem,
    })),
  };
  return jsonAnswer(202, { success: true, data });
};

export const problemAnswer = (status: number, code: string, headers: Record<string, string> = {}): TestAnswer => {
  const answer = jsonAnswer(status, { success: false, error: { code, message: 'said no', details: [] } });
  return { ...answer, headers: { ...answer.headers, ...headers } };
};

/** A platform on loopback; `answer` decides on what is posted, and may misbehave. */
export const openFakePlatform = async (answer: Answering = takeAll) => {
  let posts = 0;
  const server = await openTestServer(request => {
    if (request.url.endsWith('/health')) return jsonAnswer(200, { status: 'ok', timestamp: '2026-01-01T00:00:00Z' });
    if (request.url.endsWith('/pipeline')) return jsonAnswer(200, { success: true, data: { stages: [] } });
    posts += 1;
    return answer(request, posts - 1);
  });
  const sent = (): TestRequest[] => server.requests.filter(({ method }) => method === 'POST');
  return { url: server.url, sent, sentEvents: (): SentEvent[] => sent().flatMap(eventsIn) };
};
