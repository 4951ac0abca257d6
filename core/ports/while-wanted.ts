/** Does some work, and raises its signal as soon as nobody wants the outcome any more. */
export type WhileWanted = <Outcome>(
  isWanted: () => Promise<boolean>,
  work: (signal: AbortSignal) => Promise<Outcome>,
) => Promise<Outcome>;
