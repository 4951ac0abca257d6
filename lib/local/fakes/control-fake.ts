import type { Account } from './accounts.ts';
import type { FakeAnswer, FakeRequest } from './fake.ts';
import { ownLists } from './fakes-page.ts';
import { type FaultKind, faultKinds } from './fault-plan.ts';
import { setMark } from './marks.ts';
import type { RunningFake } from './running-fake.ts';

const summary = (running: RunningFake): FakeAnswer => ({
  status: 200,
  body: { name: running.fake.name, lists: ownLists(running), requests: running.store.requests().slice(-100) },
});

const listed = ({ store }: RunningFake, list: string): FakeAnswer => ({
  status: 200,
  body: { list, rows: [...store.list(list)].map(([key, row]) => ({ key, row })) },
});

const planFaults = ({ faults }: RunningFake, body: unknown): FakeAnswer => {
  const { kind, times = 1 } = (body ?? {}) as { kind?: FaultKind; times?: number };
  if (kind === undefined || !faultKinds.includes(kind)) return { status: 400, body: { error: faultKinds } };
  faults.add(kind, times);
  return { status: 204 };
};

const mark = ({ store }: RunningFake, body: unknown): FakeAnswer => {
  const { place = '', mark: told } = (body ?? {}) as { place?: string; mark?: string };
  setMark(place, told, store);
  return { status: 204 };
};

const letKnow = (running: RunningFake, body: unknown): FakeAnswer => {
  const { accounts = [] } = (body ?? {}) as { accounts?: Account[] };
  running.addAccounts(accounts);
  return { status: 204 };
};

/**
 * What tests and those who look ask of a stand-in beside the platform's own API: what it holds, and was asked; who has an
 * account there; what is to go wrong.
 */
export const controlFake = (running: RunningFake, { method, path, body }: FakeRequest): FakeAnswer => {
  if (method === 'GET' && path === '/') return summary(running);
  if (method === 'GET' && path.startsWith('/lists/')) return listed(running, decodeURIComponent(path.slice(7)));
  if (method === 'POST' && path === '/faults') return planFaults(running, body);
  if (method === 'POST' && path === '/marks') return mark(running, body);
  if (method === 'POST' && path === '/accounts') return letKnow(running, body);
  return { status: 404, body: { error: `${method} ${path}` } };
};
