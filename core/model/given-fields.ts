import type { IntegrationField } from './integration-catalogue.ts';

/** Examples such as `sk_...` stand in the place of what is meant to be filled in. */
const isExample = (text: string): boolean => text.endsWith('...');

/** What an environment gives of these fields. */
export const givenFields = (
  fields: Record<string, IntegrationField>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([field, { variable = '' }]) => {
      const value = environment[variable];
      return value === undefined || value === '' || isExample(value) ? [] : [[field, value]];
    }),
  );
