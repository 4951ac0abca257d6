/** The engines that one process may host. */
export type EngineName = 'dynamodb' | 'kinesis' | 'queues' | 'objects';

/** What the runtime asks of an engine process. */
export interface EngineOrder {
  stateDirectory: string;
  /** Wanted engines with the port of the last run (0: any). */
  ports: Partial<Record<EngineName, number>>;
  region: string;
  accountId: string;
}

/** What an engine process tells the runtime. */
export type EngineReport =
  | { kind: 'ready'; ports: Partial<Record<EngineName, number>>; processId?: number }
  | { kind: 'arrived'; engine: EngineName; name: string }
  | { kind: 'failed'; message: string };
