import { type Command, InvalidArgumentError } from 'commander';
import type { Client } from '../../core/contract/client.ts';
import { EventPatch } from '../../core/model/event-patch.ts';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection.ts';
import { type FollowedJob, followJob } from '../follow-job.ts';

interface Filter {
  reason?: string;
  type?: string;
  from?: string;
  to?: string;
}

const addFilter = (command: Command): Command =>
  command
    .option('--reason <reason>', 'why it was quarantined, e.g. profile_not_found')
    .option('--type <type>', 'the type of the event')
    .option('--from <time>', 'received then or later, ISO 8601')
    .option('--to <time>', 'received until then, ISO 8601');

const filterOf = ({ reason, type, from, to }: Filter) => ({
  ...(reason === undefined ? {} : { reason }),
  ...(type === undefined ? {} : { type }),
  ...(from === undefined ? {} : { startDate: from }),
  ...(to === undefined ? {} : { endDate: to }),
});

type QuarantinePage = Awaited<ReturnType<Client['listQuarantine']>>;

const lineOfEvent = ({ id, reason, receivedAt, tries, event }: QuarantinePage['items'][number]): string => {
  return [id, reason, receivedAt, tries, event.type, whoIn(event)].join('\t');
};

const whoIn = ({ profileId, identifiers = [], deviceId, traits }: QuarantinePage['items'][number]['event']): string => {
  const [strongest] = identifiers;
  if (profileId !== undefined) return profileId;
  if (strongest) return `${strongest.type} ${strongest.value}`;
  return deviceId === undefined ? String(traits?.email ?? '') : `deviceId ${deviceId}`;
};

const pageMax = 1000;

const list = async ({ limit, ...filter }: Filter & { limit: number }, command: Command): Promise<void> => {
  const { client } = openConnection(command);
  let [shown, cursor]: [number, string | undefined] = [0, undefined];
  let counts: QuarantinePage['counts'];
  do {
    const query = { ...filterOf(filter), limit: Math.min(pageMax, limit - shown), cursor };
    const page: QuarantinePage = await client.listQuarantine({ query });
    for (const one of page.items) console.log(lineOfEvent(one));
    shown += page.items.length;
    ({ counts, nextCursor: cursor } = page);
  } while (cursor !== undefined && shown < limit);
  const all = Object.entries(counts).map(([reason, count]) => `${reason} ${count}`);
  console.log(
    `${shown} shown${cursor === undefined ? '' : ', there are more'}; in quarantine: ${all.join(', ') || 'none'}.`,
  );
};

const nothing = { redriven: 0, stillQuarantined: 0, notFound: 0, examples: [] };
const tallyOf = ({ result }: FollowedJob) => (result && 'redriven' in result ? result : nothing);

const lineOf =
  (dryRun: boolean) =>
  (job: FollowedJob): string => {
    const { redriven, stillQuarantined, notFound } = tallyOf(job);
    const [put, stay] = dryRun ? ['would be put', 'would stay'] : ['put', 'stay'];
    return `${redriven} ${put} on the event stream, ${stillQuarantined} ${stay}, ${notFound} not found`;
  };

const readPatch = (text: string): EventPatch => {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (fault) {
    throw new CliError(`--patch is not JSON: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  const { data, error } = EventPatch.safeParse(given);
  if (error)
    throw new CliError(error.issues.map(({ path, message }) => `--patch ${path.join('.')}: ${message}`).join('\n'));
  return data;
};

interface RedriveOptions extends Filter {
  all?: boolean;
  patch?: string;
  dryRun?: boolean;
}

/** Not everything by mistake. */
const selectionOf = (ids: readonly string[], options: RedriveOptions) => {
  const filter = filterOf(options);
  const isFiltered = Object.keys(filter).length > 0;
  if ([ids.length > 0, isFiltered, options.all === true].filter(Boolean).length !== 1) {
    throw new CliError('Say which events: either their ids, or a filter such as --reason, or --all.');
  }
  return ids.length > 0 ? { ids: [...ids] } : { filter };
};

const redrive = async (ids: string[], options: RedriveOptions, command: Command): Promise<void> => {
  const { patch: text, dryRun = false } = options;
  const selection = selectionOf(ids, options);
  const patch = text === undefined ? {} : { patch: readPatch(text) };
  const { client } = openConnection(command);
  const { jobId } = await client.redriveQuarantine({ body: { ...selection, ...patch, dryRun } });
  const message = dryRun ? 'Judging events from the quarantine' : 'Redriving events from the quarantine';
  const job = await followJob(client, jobId, { message, lineOf: lineOf(dryRun) });
  const { stillQuarantined, notFound, examples } = tallyOf(job);
  for (const { id, reason, detail } of examples) console.log([id, reason, detail ?? ''].join('\t').trimEnd());
  if (stillQuarantined + notFound > 0) process.exitCode = 1;
};

const positive = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('is a whole number of at least 1');
  return value;
};

const examples = `
Examples:
  cdp quarantine redrive --reason profile_not_found
  cdp quarantine redrive --reason purchase_invalid --patch '{"properties": {"currency": "EUR"}}' --dry-run
  cdp quarantine redrive event-01J… event-01K… --patch '{"profileId": null}'
`;

/** `cdp quarantine list|redrive`. */
export const addQuarantineCommand = (program: Command): void => {
  const quarantine = program
    .command('quarantine')
    .description('list events that could not have their effect, and give it to them after all');
  addFilter(quarantine.command('list').description('list them: id, reason, received, tries, type, who; newest first'))
    .option('--limit <count>', 'show at most so many', positive, 50)
    .action(list);
  addFilter(quarantine.command('redrive').description('judge them again and put what passes on the event stream'))
    .argument('[ids...]', 'of the events')
    .option('--all', 'all that there are')
    .option('--patch <json>', 'a JSON merge patch for each of them')
    .option('--dry-run', 'tell what would happen, and change nothing')
    .addHelpText('after', examples)
    .action(redrive);
};
