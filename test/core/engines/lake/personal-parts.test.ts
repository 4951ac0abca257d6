import fc from 'fast-check';
import { expect, test } from 'vitest';
import { putBack, takePersonal, tellingTexts } from '../../../../core/engines/lake/personal-parts.ts';

test.each([
  [{ plan: 'pro', email: 'a@b.c' }, { plan: 'pro' }],
  [{ user: { First_Name: 'Ann', size: 3 } }, { user: { size: 3 } }],
  [{ shippingAddress: { city: 'Bonn', zip: '53111' }, total: 5 }, { total: 5 }],
  [{ note: 'call ANN@example.com', ok: 'Anna' }, { ok: 'Anna' }],
  [{ list: ['x', 'ann@example.com', 'y'] }, { list: ['x', null, 'y'] }],
  [{ ip: '203.0.113.7', url: '/' }, { url: '/' }],
])('of %j what tells of nobody is %j', (document, rest) => {
  expect(takePersonal(document, ['ann@example.com']).rest).toEqual(rest);
});

test('texts too short to tell anybody are not looked for', () => {
  expect(tellingTexts(['abc', ' ABCD ', undefined, 'abcd', ''])).toEqual(['abcd']);
});

test('what was taken out can be put back, whatever the document', () =>
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.string({ minLength: 4 })), (given, texts) => {
      const document = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
      const { rest, taken } = takePersonal(document, tellingTexts(texts));
      expect(putBack(JSON.parse(JSON.stringify(rest)), JSON.parse(JSON.stringify(taken)))).toEqual(document);
    }),
  ));
