import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choosePromoted } from '../../../../core/engines/snapshot/choose-promoted.ts';
import { promotedMax } from '../../../../core/model/profile-snapshot.ts';

const frequencies = (...names: string[]) => names.map((name, index) => ({ name, profiles: 100 - index }));

test.each([
  ['named ones come before frequent ones', ['plan'], ['size', 'plan', 'shop'], [], ['plan', 'size', 'shop']],
  ['what stands keeps its place', ['new'], ['a', 'b'], ['b', 'a'], ['b', 'a', 'new']],
  ['what nobody has or names any more goes', [], ['a'], ['gone', 'a'], ['a']],
  ['where nothing is known, nothing is promoted', [], [], [], []],
])('%s', (_name, named, frequent, standing, chosen) => {
  expect(choosePromoted(named, frequencies(...frequent), standing)).toEqual(chosen);
});

test('there are never more than there are columns, never one twice, and named ones always among them', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 60 });
  fc.assert(
    fc.property(names, names, names, (named, frequent, standing) => {
      const chosen = choosePromoted(named, frequencies(...frequent), standing);
      expect(chosen.length).toBeLessThanOrEqual(promotedMax);
      expect(new Set(chosen).size).toBe(chosen.length);
      expect(chosen).toEqual(expect.arrayContaining(named.slice(0, promotedMax)));
    }),
  );
});

test('choosing again changes nothing', () => {
  const once = choosePromoted(['x'], frequencies('a', 'b'), []);
  expect(choosePromoted(['x'], frequencies('b', 'a'), once)).toEqual(once);
});
