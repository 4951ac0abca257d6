import type { Question } from '../language/sql/question.ts';
import { type RfmCuts, rfmCutsId } from '../model/rfm-cuts.ts';
import { sameValue } from '../model/same-value.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import type { CreateSegmentTools } from './create-segment.ts';
import { followDefinitions } from './update-segment.ts';

export interface CutTools extends CreateSegmentTools {
  queryEngine: QueryEngine;
}

const shares = [0.2, 0.4, 0.6, 0.8];
const budgetSeconds = 120;
/** A cut holds for a day, so that scores can be compared from one to the next. */
const holdsMilliseconds = 24 * 3_600_000;

const question: Question = (dialect, profiles) => {
  const ltv = 'COALESCE(ltv_exact, CAST(ltv_cents AS DOUBLE) / 100)';
  const values = { r: dialect.epochMilliseconds('last_purchase_at'), f: 'purchase_count', m: ltv };
  const columns = Object.entries(values).flatMap(([name, value]) =>
    shares.map((share, place) => `${dialect.percentile(value, share)} AS ${name}${place}`),
  );
  const buyers = 'purchase_count >= 1 AND last_purchase_at IS NOT NULL';
  return { text: `SELECT count(*) AS buyers, ${columns.join(', ')} FROM ${profiles.text} WHERE ${buyers}`, values: [] };
};

const cutsIn = (row: Record<string, unknown>): RfmCuts => {
  const four = (name: string) => shares.map((_, place) => Number(row[`${name}${place}`]));
  return { recency: four('r'), frequency: four('f'), monetary: four('m') };
};

/**
 * Cuts the values of everybody who has bought something into five scores each, once a day, and has the segments that ask
 * for scores follow. Tells whether there are other cuts than before.
 */
export const cutScores = async (tools: CutTools): Promise<boolean> => {
  const known = await tools.rfmCuts.get(rfmCutsId);
  const now = tools.now();
  if (known && now.getTime() - Date.parse(known.at) < holdsMilliseconds) return false;
  const [row] = (await tools.queryEngine.ask(question, budgetSeconds)).rows;
  const buyers = Number(row?.buyers ?? 0);
  if (!row || buyers === 0) return false;
  const cuts = cutsIn(row);
  const next = { ...cuts, id: rfmCutsId, version: (known?.version ?? 0) + 1, at: now.toISOString(), buyers };
  await (known ? tools.rfmCuts.replace(next) : tools.rfmCuts.add(next));
  await followDefinitions(tools);
  return !(known && sameValue(cuts, { recency: known.recency, frequency: known.frequency, monetary: known.monetary }));
};
