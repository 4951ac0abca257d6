import type { Scores } from '../model/scores.ts';

/** Keeps what was predicted of people as files of the lake. */
export interface ScoreFiles {
  /** Writes a part of what a job has found; again what is there already. Returns its key. */
  write(jobId: string, part: number, scores: readonly [id: string, scores: Scores][]): Promise<string>;
  /** Removes what earlier jobs have written: of whoever was erased since nothing is told any more. */
  keepOnly(jobId: string): Promise<void>;
}
