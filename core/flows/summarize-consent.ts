import { unavailable } from '../errors.ts';
import type { Question } from '../language/sql/question.ts';
import { type ConsentChannel, consentChannels } from '../model/profile.ts';
import { attributeColumn, consentColumn } from '../model/profile-snapshot.ts';
import { type QueryAnswer, type QueryEngine, QueryTooSlow } from '../ports/query-engine.ts';

const budgetSeconds = 20;
const countriesMax = 50;
const monthMs = 'month_ms';

const countIf = (condition: string): string => `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
const said = (channel: ConsentChannel): string => consentColumn(channel);

const byChannel: Question = (_dialect, { text }) => ({
  text: `SELECT count(*) AS profiles, ${consentChannels
    .map(name => `${countIf(said(name))} AS ${said(name)}, ${countIf(`NOT ${said(name)}`)} AS no_${said(name)}`)
    .join(', ')} FROM ${text}`,
  values: [],
});

const byCountry: Question = (_dialect, { text }) => ({
  text:
    `SELECT ${attributeColumn('country')} AS country, count(*) AS profiles, ${countIf(said('email'))} AS email, ` +
    `${countIf(said('sms'))} AS sms FROM ${text} WHERE ${attributeColumn('country')} IS NOT NULL ` +
    `GROUP BY ${attributeColumn('country')} ORDER BY 2 DESC, 1 LIMIT ${countriesMax}`,
  values: [],
});

const byMonth: Question = ({ epochMilliseconds }, { text }) => ({
  text:
    `SELECT ${epochMilliseconds("date_trunc('month', consent_updated_at)")} AS ${monthMs}, count(*) AS profiles, ` +
    `${countIf(said('email'))} AS email FROM ${text} WHERE consent_updated_at IS NOT NULL GROUP BY 1 ORDER BY 1`,
  values: [],
});

const count = (value: unknown): number => Number(value ?? 0);
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part * 1000) / whole) / 10);

/** How many people consent to what, as of the last snapshot. @throws Problem `UNAVAILABLE` where that takes too long */
export const summarizeConsent = async ({ queryEngine }: { queryEngine: QueryEngine }) => {
  const ask = async (question: Question): Promise<QueryAnswer> => {
    try {
      return await queryEngine.ask(question, budgetSeconds);
    } catch (fault) {
      if (fault instanceof QueryTooSlow) throw unavailable('The summary');
      throw fault;
    }
  };
  const [totals, countries, months] = [await ask(byChannel), await ask(byCountry), await ask(byMonth)];
  const [row = {}] = totals.rows;
  const profiles = count(row.profiles);
  const summary = {
    profiles,
    channels: consentChannels.map(channel => {
      const [granted, refused] = [count(row[said(channel)]), count(row[`no_${said(channel)}`])];
      return { channel, granted, refused, unknown: profiles - granted - refused, rate: percent(granted, profiles) };
    }),
    countries: countries.rows.map(one => {
      const all = count(one.profiles);
      const rate = (value: unknown) => percent(count(value), all);
      return { country: String(one.country), profiles: all, email: rate(one.email), sms: rate(one.sms) };
    }),
    trend: months.rows.map(one => ({
      month: new Date(count(one[monthMs])).toISOString().slice(0, 7),
      profiles: count(one.profiles),
      email: count(one.email),
    })),
  };
  return { summary, asOf: totals.asOf };
};
