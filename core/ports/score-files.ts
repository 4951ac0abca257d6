import type { Scores } from '../model/scores.ts';

/** Keeps what was predicted of people as files of the lake. */
export interface ScoreFiles {
  /** Writes a part of what a job has found; again what is there already. Returns its key. */
  write(jobId: string, part: number, scores: readonly [id: string, scores: Scores][]): Promise<string>;
}
