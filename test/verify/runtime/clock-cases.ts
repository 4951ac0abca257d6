import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { holds, type ProbeCase, same } from './probe-case.ts';

interface ScheduledEvent {
  id: string;
  time: string;
  [name: string]: unknown;
}

const schedule: ProbeCase = {
  name: 'schedule: a rule fires in its rhythm with the event of EventBridge',
  run: async ({ runtime }) => {
    const [first] = await runtime.logs.when('clock', 'a run', entries => entries.length > 0);
    const { id, time, resources, ...event } = (first?.event ?? {}) as ScheduledEvent;
    same('the event', event, {
      version: '0',
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      region: 'us-east-1',
      detail: {},
    });
    holds('an id', /^[0-9a-f-]{36}$/.test(id), id);
    holds(
      'the rule',
      /^arn:aws:events:us-east-1:000000000000:rule\/Clock/.test(String((resources as string[])[0])),
      resources,
    );
    holds('its time', Math.abs(Date.parse(time) - Number(first?.at)) < 3000, [time, first?.at]);
    const waited = Date.parse(time) - runtime.startedAt;
    holds('a minute after the first start', Math.abs(waited - 60_000) < 5000, waited);
  },
};

/** CPU seconds that a process and everything it started have used. */
const cpuSeconds = (root: number): number => {
  const processes = readdirSync('/proc').filter(name => /^\d+$/.test(name));
  const facts = processes.flatMap(id => {
    try {
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return [{ id: Number(id), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
    } catch (error) {
      // It ended since the directory was read.
      if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
      throw error;
    }
  });
  const ticksOf = (id: number): number =>
    facts
      .filter(one => one.parent === id)
      .reduce((sum, one) => sum + ticksOf(one.id), facts.find(one => one.id === id)?.ticks ?? 0);
  return ticksOf(root) / 100;
};

const idle: ProbeCase = {
  name: 'idle: a runtime with nothing to do leaves the processor alone',
  run: async ({ runtime: { processId } }) => {
    const before = cpuSeconds(processId);
    const seconds = 5;
    await sleep(seconds * 1000);
    const share = (cpuSeconds(processId) - before) / seconds;
    holds('less than 6 % of one processor', share < 0.06, share);
  },
};

/** What time alone brings about; they run last and one by one. */
export const clockCases: ProbeCase[] = [schedule, idle];
