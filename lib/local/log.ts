/** Where the runtime tells what it does: one line each. */
export type Log = (line: string) => void;
