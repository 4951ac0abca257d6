import type { DemoOutcome } from './demo-outcome.ts';
import type { DemoPlan } from './demo-plan.ts';
import { type DemoSettings, settingsText } from './demo-settings.ts';
import type { Receiver } from './open-receiver.ts';

const counted = (count: number): string => count.toLocaleString('en-US');
const money = (decimal: string): string => decimal.replace(/^\d+/, whole => BigInt(whole).toLocaleString('en-US'));
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const peopleLine = ({ profiles, visitors }: DemoOutcome, { people, twins }: DemoPlan): string => {
  const byPhone = twins.filter(({ by }) => by === 'phone').length;
  return (
    `${counted(profiles)}: ${counted(people.length)} customers, ${twins.length} of them twice ` +
    `(${byPhone} share a phone number, ${twins.length - byPhone} a misspelt address), ${counted(visitors)} visitors`
  );
};

const eventsLine = ({ events, introductions, calendar, people }: DemoPlan): string => {
  const churners = people.filter(({ habit }) => habit.name === 'churner').length;
  return (
    `${counted(events.length + introductions.length)}; ${dayOf(calendar.spikeAt)} has a spike, ` +
    `${dayOf(calendar.holeAt)} a hole, ${churners} customers stopped coming`
  );
};

const receivedLine = (receiver: Receiver): string => {
  const { taken, checked, refused } = receiver.deliveries();
  const signatures = checked === taken ? 'every signature verified' : `${checked} signatures verified`;
  return `${taken} deliveries in this run${taken > 0 ? `, ${signatures}` : ''}${refused > 0 ? `, ${refused} refused` : ''}`;
};

export interface DemoEnd {
  settings: DemoSettings;
  plan: DemoPlan;
  outcome: DemoOutcome;
  /** Why there is no audience. */
  refused?: string | undefined;
  receiver?: Receiver | undefined;
  url: string;
}

const audienceLines = ({ outcome: { audience }, refused, receiver }: DemoEnd): string[] => {
  if (!audience) return [`none: ${refused}. Give an address with --webhook.`];
  const { there, withoutConsent } = audience;
  return [
    `${counted(there)} at the destination, ${counted(withoutConsent)} kept back for want of consent`,
    ...(receiver ? [receivedLine(receiver)] : []),
  ];
};

const block = (title: string, [first = '', ...others]: readonly string[]): string[] => [
  `  ${title.padEnd(11)}${first}`,
  ...others.map(line => `${' '.repeat(13)}${line}`),
];

/** What the demo has come to, and where to look next. */
export const demoSummary = (end: DemoEnd): string => {
  const { settings, plan, outcome, url } = end;
  const origin = url.replace(/\/+$/, '');
  const key = '-H "x-api-key: $CDP_KEY"';
  return [
    `The demo is there: ${settingsText(settings)}.`,
    '',
    ...block('Profiles', [peopleLine(outcome, plan)]),
    ...block('Events', [eventsLine(plan)]),
    ...block('Revenue', [`${money(outcome.revenue)} of ${counted(outcome.orders)} orders`]),
    ...block(
      'Segments',
      outcome.segments.map(({ name, members }) => `${name}: ${counted(members)}`),
    ),
    ...block('Audience', audienceLines(end)),
    '',
    'Next:',
    ...block('Console', [`${origin}/`]),
    ...block('Documents', [`${origin}/docs`]),
    ...block('A customer', [
      `curl -s "${origin}/api/cdp/profiles/lookup?type=customerId&value=${plan.people[0]?.customerId}" ${key}`,
    ]),
    ...block('Counters', [`curl -s ${origin}/api/cdp/stats ${key}`]),
    ...(end.receiver ? block('Live', ['npx cdp demo --listen   # shows who enters and leaves the audience']) : []),
  ].join('\n');
};
