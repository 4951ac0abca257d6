import { type PassName, passOf } from '../../../../core/engines/columns/passes.ts';
import { PartMemory, readPart } from './part-file.ts';

/** What a thread is to do: add up these parts. */
export interface PassOrder {
  name: PassName;
  plan: unknown;
  paths: readonly string[];
}

const memory = new PartMemory();

/** Adds up parts, one after the other, in the same memory. */
export const runPass = async ({ name, plan, paths }: PassOrder): Promise<unknown> => {
  const pass = passOf(name);
  const columns = pass.columns(plan);
  let sums = pass.begin(plan);
  for (const path of paths) sums = pass.add(sums, await readPart(path, columns, memory), plan);
  return sums;
};
