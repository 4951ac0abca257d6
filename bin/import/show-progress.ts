import { progress, spinner } from '@clack/prompts';

/** Shows how far something long has come. */
export interface ProgressDisplay {
  update: (done: number, message: string) => void;
  /** Ends with a last line. */
  end: (message: string) => void;
}

interface DisplayOptions {
  total: number;
  done: number;
  message: string;
}

/** The prompts library takes Ctrl-C for itself and ends the process: the keyboard is given back to the terminal. */
const leaveKeyboardAlone = (): void => {
  if (process.stdin.isTTY) process.stdin.setRawMode(false);
  process.stdin.pause();
};

const stopping = { cancelMessage: 'Stopping: what is on its way is seen through …' };

const terminalBar = ({ total, done, message }: DisplayOptions): ProgressDisplay => {
  const bar = progress({ max: total, ...stopping });
  bar.start(message);
  leaveKeyboardAlone();
  bar.advance(done, message);
  let shown = done;
  return {
    update: (reached, text) => {
      bar.advance(reached - shown, text);
      shown = reached;
    },
    end: text => bar.stop(text),
  };
};

const plainLines = ({ total, done, message }: DisplayOptions): ProgressDisplay => {
  const tenthOf = (reached: number): number => Math.floor((reached * 10) / Math.max(1, total));
  let tenth = tenthOf(done);
  console.log(message);
  return {
    update: (reached, text) => {
      if (tenthOf(reached) <= tenth) return;
      tenth = tenthOf(reached);
      console.log(text);
    },
    end: text => console.log(text),
  };
};

/** Whether someone looks at a terminal that is wide enough to draw on. */
const onTerminal = (): boolean => process.stdout.isTTY && process.stdout.columns > 0;

/** A progress bar on a terminal; elsewhere plain lines, one per tenth. */
export const showProgress = (options: DisplayOptions): ProgressDisplay =>
  onTerminal() ? terminalBar(options) : plainLines(options);

const lineEveryMs = 10_000;

/** Now and then a line, for what has no known end. */
const sparseLines = (message: string): ProgressDisplay => {
  let last = performance.now();
  console.log(message);
  return {
    update: (_done, text) => {
      if (performance.now() - last < lineEveryMs) return;
      last = performance.now();
      console.log(text);
    },
    end: text => console.log(text),
  };
};

/** A moving sign on a terminal, for what has no known end; elsewhere a line now and then. */
export const showActivity = (message: string): ProgressDisplay => {
  if (!onTerminal()) return sparseLines(message);
  const sign = spinner({ cancelMessage: 'Not waited for.' });
  sign.start(message);
  leaveKeyboardAlone();
  return { update: (_done, text) => sign.message(text), end: text => sign.stop(text) };
};
