/** What was loaded a moment ago, or is loaded now. */
export interface Cached<Value> {
  get(): Promise<Value>;
  /** Forgets what is remembered. */
  drop(): void;
}

/** Remembers what was loaded for so many seconds, counted from the moment at which loading began. */
export const cached = <Value>(load: () => Promise<Value>, seconds: number, now: () => Date): Cached<Value> => {
  let kept: { value: Value; since: number } | undefined;
  return {
    get: async () => {
      const since = now().getTime();
      if (!kept || since - kept.since >= seconds * 1000) kept = { value: await load(), since };
      return kept.value;
    },
    drop: () => {
      kept = undefined;
    },
  };
};
