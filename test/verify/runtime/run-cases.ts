import type { Bench, ProbeCase } from './probe-case.ts';

/** Runs one case and prints its line; answers whether it failed. */
const runCase = async ({ name, run }: ProbeCase, bench: Bench): Promise<boolean> => {
  const begun = Date.now();
  try {
    await run(bench);
    console.log(`ok      ${name} (${Date.now() - begun} ms)`);
    return false;
  } catch (error) {
    console.log(`FAILED  ${name}: ${error instanceof Error ? error.message : String(error)}`);
    return true;
  }
};

/** Runs cases one after the other; answers how many failed. */
export const inTurn = async (cases: readonly ProbeCase[], bench: Bench): Promise<number> => {
  let failed = 0;
  for (const one of cases) if (await runCase(one, bench)) failed += 1;
  return failed;
};

/** Runs several rows of cases beside each other; answers how many failed. */
export const besideEachOther = async (rows: readonly (readonly ProbeCase[])[], bench: Bench): Promise<number> => {
  const failed = await Promise.all(rows.map(row => inTurn(row, bench)));
  return failed.reduce((sum, one) => sum + one, 0);
};
