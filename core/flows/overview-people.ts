import { notFound } from '../errors.ts';
import type { Question } from '../language/sql/question.ts';
import type { SqlValue } from '../language/sql/statement.ts';
import { type ConsentChannel, consentChannels } from '../model/profile.ts';
import { consentColumn } from '../model/profile-snapshot.ts';
import type { QuestionBudget } from '../model/question-budget.ts';
import type { QueryEngine } from '../ports/query-engine.ts';

/** Handles of the overview begin so: they name what is asked of everybody as they are now. */
const prefix = 'overview.';
const everybody = 'all';

export const overviewHandle = {
  all: `${prefix}${everybody}`,
  consent: (channel: ConsentChannel): string => `${prefix}consent-${channel}`,
  country: (country: string): string => `${prefix}country-${encodeURIComponent(country)}`,
};

export const isOverviewHandle = (handle: string): boolean => handle.startsWith(prefix);

/** @throws Problem `NOT_FOUND` */
const conditionOf = (handle: string): { text: string; values: SqlValue[] } => {
  const [kind = '', ...rest] = handle.slice(prefix.length).split('-');
  const name = rest.join('-');
  if (kind === everybody && name === '') return { text: 'TRUE', values: [] };
  const channel = consentChannels.find(one => one === name);
  if (kind === 'consent' && channel) return { text: consentColumn(channel), values: [] };
  if (kind === 'country' && name !== '') return { text: 'country = ?', values: [decoded(name, handle)] };
  throw notFound('Figure', handle);
};

const decoded = (name: string, handle: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    throw notFound('Figure', handle);
  }
};

interface People {
  ids: string[];
  total: number;
  asOf: number;
}

/** Who is behind a figure of the overview, by id. @throws Problem `NOT_FOUND` @throws QueryOverBudget */
export const overviewPeople = async (
  handle: string,
  { limit, offset }: { limit: number; offset: number },
  budget: Pick<QuestionBudget, 'reading'>,
  { queryEngine }: { queryEngine: QueryEngine },
): Promise<People> => {
  const { text: condition, values } = conditionOf(handle);
  const question: Question = (_dialect, { text }) => ({
    text: `WITH found AS (SELECT id FROM ${text} WHERE ${condition})
      SELECT counted.total AS total, page.id AS id FROM (SELECT count(*) AS total FROM found) AS counted
      LEFT JOIN (SELECT id FROM found ORDER BY id OFFSET ${offset} LIMIT ${limit}) AS page ON true ORDER BY page.id`,
    values,
  });
  const { budgetSeconds, signal } = budget.reading();
  const { rows, asOf } = await queryEngine.ask(question, budgetSeconds ?? 20, signal);
  return {
    ids: rows.flatMap(({ id }) => (id === null ? [] : [String(id)])),
    total: Number(rows[0]?.total ?? 0),
    asOf,
  };
};
