import { expect, test } from 'vitest';
import { searchBody } from '../../../../console/src/features/profiles/list/filters.ts';
import { changesOf, formOf } from '../../../../console/src/features/profiles/person/attribute-changes.ts';
import { ProfileSearch } from '../../../../core/model/profile-search.ts';

test('only what was changed is sent; what was emptied is cleared', () => {
  const before = formOf({ city: 'Rome', country: 'IT', tags: ['vip'] });
  const after = formOf({ country: 'IT', firstName: ' Ada ', tags: ['vip', 'new'] });
  expect(changesOf(before, after)).toEqual({ city: null, firstName: 'Ada', tags: ['vip', 'new'] });
  expect(changesOf(before, before)).toEqual({});
});

test('an address is asked for as the API takes it, whatever types its values came back as', () => {
  const body = searchBody({ query: 4155, tag: 7, minLtv: '100', emailConsent: 'false', country: 'DE', sort: '-ltv' });
  expect(body).toEqual({ query: '4155', tags: ['7'], minLtv: 100, emailConsent: false, country: 'DE' });
  expect(ProfileSearch.safeParse(body).success).toBe(true);
  expect(searchBody({ query: '', city: '' })).toEqual({});
});
