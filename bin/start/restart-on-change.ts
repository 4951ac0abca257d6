import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const watched = ['bin', 'core', 'functions', 'lib', 'console'];
const settleMilliseconds = 200;

const start = (program: string): ChildProcess =>
  spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program], { stdio: 'inherit' });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** Runs a program and, whenever a source file changes, ends it and runs it again; its state is kept. */
export const restartOnChange = (program: string): void => {
  let child = start(program);
  let timer: NodeJS.Timeout | undefined;
  let restarting = Promise.resolve();
  const restart = async (file: string): Promise<void> => {
    console.error(`${file} changed: starting again`);
    child.kill('SIGTERM');
    await ended(child);
    child = start(program);
  };
  for (const folder of watched) {
    watch(join(root, folder), { recursive: true }, (_event, file) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        restarting = restarting.then(() => restart(join(folder, file ?? '')));
      }, settleMilliseconds);
    });
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      clearTimeout(timer);
      await restarting;
      child.kill('SIGTERM');
      await ended(child);
      process.exit(0);
    });
  }
};
