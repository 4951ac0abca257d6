import { expect, test } from 'vitest';
import { sessionTouch } from '../../../../core/engines/sessions/session-touch.ts';
import { viewed } from './viewed.ts';

test.each([
  [
    'the context’s campaign before the address',
    {
      context: { campaign: { source: 'fb', medium: 'cpc', name: 'x' } },
      properties: { url: 'https://a.test/?utm_source=b' },
    },
    { channel: 'paid social', campaign: { source: 'fb', medium: 'cpc', name: 'x' } },
  ],
  [
    'utm_* in the address',
    { properties: { url: 'https://a.test/?utm_source=google&utm_medium=cpc&utm_term=shoes&utm_content=1#x' } },
    { channel: 'paid search', campaign: { source: 'google', medium: 'cpc', term: 'shoes', content: '1' } },
  ],
  [
    'the address in the context',
    { context: { page: { url: 'https://a.test/?utm_source=news&utm_medium=email' } } },
    { channel: 'email', campaign: { source: 'news', medium: 'email' } },
  ],
  ['a mark of an advertiser', { properties: { url: 'https://a.test/?gclid=1' } }, { channel: 'paid search' }],
  [
    'a source in the properties',
    { properties: { source: 'newsletter' } },
    { channel: 'email', campaign: { source: 'newsletter' } },
  ],
  [
    'the referrer',
    { properties: { referrer: 'https://www.google.com/search?q=jane' } },
    { channel: 'organic search', referrer: 'https://www.google.com/search' },
  ],
  ['nothing', {}, { channel: 'direct' }],
])('%s', (_name, said, wanted) => {
  expect(sessionTouch([viewed(0, said)])).toEqual(wanted);
});

test('the first event that tells anything decides, and no later one', () => {
  const letter = viewed(2, { context: { campaign: { source: 'letter', medium: 'email' } } });
  const search = viewed(3, { properties: { referrer: 'https://www.bing.com/' } });
  expect(sessionTouch([viewed(0, { type: 'identify' }), letter, search]).channel).toBe('email');
  expect(sessionTouch([viewed(0), letter]).channel).toBe('direct');
  expect(sessionTouch([viewed(0, { type: 'identify' })]).channel).toBe('direct');
});

test('texts are cut, and what is no text is not taken', () => {
  const campaign = { source: 'x'.repeat(500), medium: 7, name: ' ' };
  expect(sessionTouch([viewed(0, { context: { campaign } })]).campaign).toEqual({ source: 'x'.repeat(200) });
});
