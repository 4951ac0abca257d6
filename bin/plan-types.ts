import type { JSONSchema } from 'json-schema-to-typescript';
import type { EventSchema } from '../core/contract/schemas.ts';
import { inlinedSchema } from './inlined-schema.ts';

type Planned = Pick<EventSchema, 'eventType' | 'schema' | 'description' | 'mode' | 'version'>;

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `form_submit` → `FormSubmitProperties`; names that would be the same are told apart by number. */
const interfaceNames = (types: readonly string[]): string[] => {
  const taken = new Map<string, number>();
  return types.map(type => {
    const words = type.split(/[^A-Za-z0-9]+/).filter(word => word !== '');
    const plain =
      words
        .map(capitalised)
        .join('')
        .replace(/^(?=\d)/, '_') || 'Event';
    const count = (taken.get(plain) ?? 0) + 1;
    taken.set(plain, count);
    return `${plain}${count === 1 ? '' : count}Properties`;
  });
};

const head = `/**
 * The tracking plan: what the events of each type may say.
 * Written by \`npx cdp types\`; changes are lost when it is written again.
 */
`;

const interfaceOf = async (name: string, { schema, description, mode, version }: Planned): Promise<string> => {
  const { compile } = await import('json-schema-to-typescript');
  const told = [description, `Version ${version}, ${mode}.`].filter(line => line !== undefined).join('\n\n');
  const named = { type: 'object', ...inlinedSchema(schema), title: name, description: told } as JSONSchema;
  return compile(named, name, {
    bannerComment: '',
    style: { singleQuote: true },
    $refOptions: { resolve: { external: false } },
  });
};

/** TypeScript of a tracking plan: an interface for each type of events, and all of them by the name of the type. */
export const planTypes = async (plan: readonly Planned[]): Promise<string> => {
  const names = interfaceNames(plan.map(({ eventType }) => eventType));
  const interfaces = await Promise.all(plan.map((planned, place) => interfaceOf(names[place] ?? '', planned)));
  const byType = plan.map(({ eventType }, place) => `  ${JSON.stringify(eventType)}: ${names[place]};`);
  const map = ['/** By type of event. */', 'export interface TrackingPlan {', ...byType, '}', ''].join('\n');
  return [head, ...interfaces.map(text => `${text.trim()}\n`), map].join('\n');
};
