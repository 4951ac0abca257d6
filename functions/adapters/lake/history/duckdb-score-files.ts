import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scores } from '../../../../core/model/scores.ts';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';
import type { ScoreFiles } from '../../../../core/ports/score-files.ts';
import type { DuckdbEngine } from '../duckdb.ts';
import { quoted } from '../snapshot/snapshot-columns-sql.ts';

const columns = {
  id: 'VARCHAR',
  computed_at: 'BIGINT',
  models: 'VARCHAR',
  churn_risk: 'DOUBLE',
  ltv_12m: 'DOUBLE',
  purchase_propensity: 'DOUBLE',
};
const columnsRead = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`);

const linesAtOnce = 100_000;

/** Ids and names of models have no commas. */
const lineOf = ([id, { at, models, churnRisk, ltv12m, purchasePropensity }]: readonly [string, Scores]): string =>
  `${id},${at},${models.replaceAll(',', ' ')},${churnRisk ?? ''},${ltv12m ?? ''},${purchasePropensity ?? ''}\n`;

/** Text first: the engine reads it faster than it can be told value by value. */
const writeLines = async (scores: readonly [string, Scores][], path: string): Promise<void> => {
  const file = await open(path, 'w');
  try {
    for (let first = 0; first < scores.length; first += linesAtOnce)
      await file.write(
        scores
          .slice(first, first + linesAtOnce)
          .map(lineOf)
          .join(''),
      );
  } finally {
    await file.close();
  }
};

/** Writes scores to a Parquet file on this machine, with a file of text beside it. */
export const writeScores = async (
  engine: Pick<DuckdbEngine, 'using'>,
  scores: readonly [string, Scores][],
  path: string,
): Promise<void> => {
  await writeLines(scores, `${path}.csv`);
  await engine.using(duckdb =>
    duckdb.run(`COPY (
      SELECT * REPLACE (epoch_ms(computed_at) AS computed_at)
      FROM read_csv(${quoted(`${path}.csv`)}, header = false, columns = {${columnsRead.join(', ')}})
    ) TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd)`),
  );
};

/** Parquet below `scores/`, a folder for each job. */
export const duckdbScoreFiles = (
  objects: Pick<ObjectStore, 'put' | 'list' | 'delete'>,
  engine: Pick<DuckdbEngine, 'using'>,
): ScoreFiles => ({
  write: async (jobId, part, scores) => {
    const folder = await mkdtemp(join(tmpdir(), 'scores-'));
    try {
      const path = join(folder, 'scores.parquet');
      await writeScores(engine, scores, path);
      const key = `scores/${jobId}/${String(part).padStart(4, '0')}.parquet`;
      await objects.put(key, await readFile(path));
      return key;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  keepOnly: async jobId => {
    const old: string[] = [];
    for await (const { key } of objects.list('scores/')) if (!key.startsWith(`scores/${jobId}/`)) old.push(key);
    await objects.delete(old);
  },
});
