import { type Asked, type PassName, passOf, type Sums } from '../../../core/engines/columns/passes.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { codes, partsOf, type SetEvent } from './event-sets.ts';

/** What is done wrongly in a control. */
export type Fault = 'cut' | 'lost' | 'disordered' | 'short';

const shortened = (asked: object): object =>
  Object.fromEntries(
    Object.entries(asked).map(([name, value]) =>
      name === 'windowSeconds' || name === 'lookbackSeconds' ? [name, Number(value) - 1] : [name, value],
    ),
  );

/** The real pass over a set: parts added in two threads' worth of sums, which are then merged. */
export const runReal = <Name extends PassName>(
  name: Name,
  events: readonly SetEvent[],
  asked: Asked<Name>,
  seed: number,
  fault?: Fault,
): Sums<Name> => {
  const pass = passOf(name);
  const plan = pass.plan(fault === 'short' ? shortened(asked as object) : asked, codes);
  const rows =
    fault === 'disordered' ? events.toReversed().toSorted((one, other) => one.second - other.second) : events;
  const parts = partsOf(rows, seededRandom(seed), fault === 'cut');
  const sums = [pass.begin(plan), pass.begin(plan)];
  for (const [place, part] of parts.entries()) sums[place % 2] = pass.add(sums[place % 2], part, plan);
  return (fault === 'lost' ? sums[0] : pass.merge(sums[0], sums[1])) as Sums<Name>;
};
