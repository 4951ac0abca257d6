import { expect, test } from 'vitest';
import { lowestPosition } from '../../../../../lib/local/mappings/streams/lowest-position.ts';

test.each<[(string | undefined)[], string | undefined]>([
  [[], undefined],
  [['9'], '9'],
  [['10', '9'], '9'],
  [['49601189658422359378836298521827638475320189012309704722', '100'], '100'],
  [['10', undefined], undefined],
])('of %j it is %s', (positions, expected) => {
  expect(lowestPosition(positions.map(after => (after === undefined ? {} : { after })))).toBe(expected);
});
