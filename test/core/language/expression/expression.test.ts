import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkExpression } from '../../../../core/language/expression/check-expression.ts';
import { evaluateExpression } from '../../../../core/language/expression/evaluate-expression.ts';
import { fieldsOfExpression, NoExpression } from '../../../../core/language/expression/expression.ts';
import { functionNames } from '../../../../core/language/expression/expression-functions.ts';
import { readExpression } from '../../../../core/language/expression/read-expression.ts';
import { readPath } from '../../../../core/language/read-path.ts';
import { fieldKind } from '../../../../core/model/profile-fields.ts';

const profile = {
  attributes: {
    city: 'Berlin',
    tags: ['vip', 'new'],
    customFields: { plan: 'pro', 'first plan': 'basic', seats: '7' },
  },
  computed: { ltv: 120.5, purchaseCount: 3, lastPurchaseDate: '2026-02-10T12:00:00.000Z' },
  createdAt: '2026-01-31T00:00:00.000Z',
};
const read = (field: string) => readPath(profile, field);
const now = Date.parse('2026-02-15T12:00:00.000Z');
const resultOf = (text: string) => evaluateExpression(readExpression(text), { read, now });

describe('what expressions come to', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 - 3 - 4', -5],
    ['0.1 + 0.2', 0.3],
    ['10 / 4', 2.5],
    ['7 % 4', 3],
    ['1 / 0', null],
    ['-computed.ltv', -120.5],
    ['round(computed.ltv / computed.purchaseCount, 2)', 40.17],
    ['round(2.5)', 3],
    ['floor(-1.5)', -2],
    ['max(1, computed.purchaseCount, 2)', 3],
    ['min(4, 2)', 2],
    ['number(attributes.customFields.seats) * 2', 14],
    ["number('much')", null],
    ['1e3', 1000],
    ["computed.ltv > 100 and attributes.city = 'Berlin'", true],
    ["not attributes.city = 'Bern'", true],
    ['!(1 > 2) && (true || false)', true],
    ['1 < 2 == true', true],
    ["attributes.state != 'x'", true],
    ["attributes.state = 'x'", false],
    ['attributes.state > 1', false],
    ['attributes.state + 1', null],
    ['coalesce(attributes.state, attributes.city)', 'Berlin'],
    ['coalesce(attributes.state, 0)', 0],
    ['exists(attributes.state)', false],
    ["if(computed.ltv > 100, 'gold', 'none')", 'gold'],
    ["computed.ltv > 500 ? 'gold' : computed.ltv > 100 ? 'silver' : 'none'", 'silver'],
    ["concat(upper(attributes.customFields.plan), '-', 7)", 'PRO-7'],
    ['attributes.customFields["first plan"]', 'basic'],
    ["contains(attributes.city, 'ERL')", true],
    ["includes(attributes.tags, 'vip')", true],
    ['length(attributes.tags) + length(attributes.city)', 8],
    ["substring('Berlin', 2, 3)", 'erl'],
    ["replace('a-b-c', '-', '+')", 'a+b+c'],
    ["'it\\'s' = \"it's\"", true],
    ['days_between(createdAt, computed.lastPurchaseDate)', 10.5],
    ["add_days('2026-02-27', 2)", '2026-03-01T00:00:00.000Z'],
    ["year(createdAt) * 100 + month('2026-12-31')", 202612],
    ["weekday('2026-02-15')", 7],
    ["'2026-01-01' < createdAt", true],
    ["'2026-01-31' = createdAt", true],
    ['days_between(computed.lastPurchaseDate, now())', 5],
    ["day_of('2026-02-15T23:59:59+02:00')", '2026-02-15'],
    ['null', null],
    ['text(1.50)', '1.5'],
    ['__proto__.polluted', null],
    ['constructor.name', null],
    ['attributes', null],
  ])('%s → %j', (text, expected) => expect(resultOf(text)).toEqual(expected));

  test('what is asked of time where there is none is nothing', () => {
    expect(evaluateExpression(readExpression('now()'), { read })).toBeNull();
  });

  test('both sides of a condition need not be there', () => {
    expect(resultOf("exists(attributes.state) ? upper(attributes.state) : 'none'")).toBe('none');
  });
});

describe('what is no expression is told with its place', () => {
  test.each([
    ['', 0, 'something is missing'],
    ['1 +', 3, 'something is missing'],
    ['(1', 2, ') is missing'],
    ['1 2', 2, '2 stands where it cannot'],
    ['f(1,)', 4, ') stands where it cannot'],
    ["'open", 0, 'a text has no end'],
    ['a ; b', 2, '; means nothing here'],
    ['a ? 1', 5, ': is missing'],
    ['`x`', 0, '` means nothing here'],
    ['x => 1', 2, '=> '],
  ])('%s', (text, at, reason) => {
    const fault = faultOf(text);
    expect({ at: fault.at, message: fault.message.slice(0, reason.length) }).toEqual({
      at: reason === '=> ' ? 3 : at,
      message: reason === '=> ' ? '> s' : reason,
    });
  });

  test.each([
    ['brackets', `${'('.repeat(30)}1${')'.repeat(30)}`],
    ['minuses', `${'-'.repeat(30)}1`],
    ['nots', `${'not '.repeat(30)}true`],
    ['choices', `${'true ? '.repeat(30)}1${' : 1'.repeat(30)}`],
    ['parts', Array.from({ length: 400 }, () => '1').join('+')],
    ['characters', `'${'x'.repeat(3000)}'`],
  ])('too many %s', (_what, text) => expect(() => readExpression(text)).toThrow(NoExpression));
});

const faultOf = (text: string): NoExpression => {
  try {
    readExpression(text);
  } catch (fault) {
    if (fault instanceof NoExpression) return fault;
    throw fault;
  }
  throw new Error(`${text} was read`);
};

describe('what cannot be right is found before anybody is asked', () => {
  const check = (text: string) => checkExpression(readExpression(text), { kindOf: fieldKind, mayAskTime: false });
  test.each([
    ['computed.wealth + 1', 'there is no field computed.wealth'],
    ['sqrt(4)', 'there is no function sqrt'],
    ['eval(1)', 'there is no function eval'],
    ['round()', 'round takes 1 or more parts, not 0'],
    ['if(true, 1)', 'if takes 3 parts, not 2'],
    ["1 + 'a'", '+ takes a number here'],
    ['attributes.city * 2', '* takes a number here'],
    ["year('soon')", 'year takes an ISO 8601 date here'],
    ["computed.ltv > 'a'", 'holds two kinds of values against each other'],
    ['not computed.ltv', 'not takes true or false here'],
    ['now()', 'now cannot be asked here'],
  ])('%s: %s', (text, reason) => expect(check(text).faults.map(fault => fault.reason)).toContain(reason));

  test.each([
    ['computed.ltv / 2', 'number'],
    ["concat('a', 1)", 'text'],
    ['add_days(createdAt, 1)', 'date'],
    ['computed.ltv > 1 or false', 'boolean'],
    ["if(true, 1, 'a')", 'any'],
    ['if(true, 1, 2)', 'number'],
    ['attributes.customFields.plan', 'any'],
    ['coalesce(traits.orders, 0)', 'any'],
  ])('%s is fine, and holds: %s', (text, kind) => expect(check(text)).toEqual({ kind, faults: [] }));
});

test('the fields that are read are known', () => {
  expect(fieldsOfExpression(readExpression('a.b + max(a.b, c) ? d : 1'))).toEqual(['a.b', 'c', 'd']);
});

test('whatever is written, it is read or refused with a place, and never does anything else', () => {
  const pieces = [
    ...functionNames,
    ...[
      '1',
      '0.5',
      "'x'",
      'true',
      'null',
      'a.b',
      '(',
      ')',
      ',',
      '+',
      '-',
      '*',
      '/',
      '%',
      '?',
      ':',
      '<',
      '=',
      'not',
      'and',
    ],
  ];
  const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 25 });
  fc.assert(
    fc.property(text, fc.anything(), (words, value) => {
      try {
        const found = evaluateExpression(readExpression(words.join(' ')), { read: () => value, now });
        expect(['number', 'string', 'boolean', 'object']).toContain(typeof found);
      } catch (fault) {
        expect(fault).toBeInstanceOf(NoExpression);
      }
    }),
    { numRuns: 500 },
  );
});
