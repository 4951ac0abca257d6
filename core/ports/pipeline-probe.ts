/** What a queue or a stream tells of the work that waits in it. */
export interface StageDepth {
  name: string;
  kind: 'queue' | 'stream';
  depth?: number;
  dlq?: number;
  lagMs?: number;
}

export interface PipelineProbe {
  stages(): Promise<StageDepth[]>;
}
