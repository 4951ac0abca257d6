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
  /** Whether someone looks at a terminal; else plain lines are written, one per tenth. */
  isTerminal?: boolean;
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

/** A progress bar on a terminal, plain lines elsewhere. */
export const showProgress = (options: DisplayOptions): ProgressDisplay =>
  (options.isTerminal ?? process.stdout.isTTY) ? terminalBar(options) : plainLines(options);

/** A moving sign on a terminal, for what has no known end; elsewhere the first and the last line. */
export const showActivity = (message: string, isTerminal: boolean = process.stdout.isTTY): ProgressDisplay => {
  if (!isTerminal) return plainLines({ total: 1, done: 1, message });
  const sign = spinner({ cancelMessage: 'Not waited for.' });
  sign.start(message);
  leaveKeyboardAlone();
  return { update: (_done, text) => sign.message(text), end: text => sign.stop(text) };
};
