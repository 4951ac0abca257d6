import { gzipSync } from 'node:zlib';

/** A body that is no good JSON for any route. */
export interface MalformedBody {
  name: string;
  bytes: Buffer;
  headers?: Readonly<Record<string, string>>;
}

const text = (name: string, body: string): MalformedBody => ({ name, bytes: Buffer.from(body) });
const raw = (name: string, ...bytes: number[]): MalformedBody => ({ name, bytes: Buffer.from(bytes) });
const gzip = (name: string, bytes: Buffer): MalformedBody => ({ name, bytes, headers: { 'content-encoding': 'gzip' } });

const whole = '{"name": "Ann", "list": [1, -2.5e3, true, null], "inner": {"text": "a\\u00fc\\n\\"b\\""}}';
const truncations = Array.from({ length: whole.length - 1 }, (_, length) =>
  text(`cut after ${length + 1} bytes`, whole.slice(0, length + 1)),
);

const quoted = (name: string, ...bytes: number[]): MalformedBody =>
  raw(`bad UTF-8: ${name}`, 0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, ...bytes, 0x22, 0x7d);

const badUtf8 = [
  quoted('a lone continuation', 0x80),
  quoted('a lone lead of two', 0xc3),
  quoted('a lone lead of three', 0xe2, 0x82),
  quoted('a lone lead of four', 0xf0, 0x9f, 0x98),
  quoted('an overlong slash', 0xc0, 0xaf),
  quoted('an overlong NUL', 0xc0, 0x80),
  quoted('overlong in three', 0xe0, 0x80, 0xaf),
  quoted('overlong in four', 0xf0, 0x80, 0x80, 0xaf),
  quoted('a high surrogate', 0xed, 0xa0, 0x80),
  quoted('a low surrogate', 0xed, 0xb0, 0x80),
  quoted('a pair of surrogates', 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80),
  quoted('beyond Unicode', 0xf4, 0x90, 0x80, 0x80),
  quoted('five bytes', 0xf8, 0x88, 0x80, 0x80, 0x80),
  quoted('FE', 0xfe),
  quoted('FF', 0xff),
  quoted('Latin-1', 0xfc),
  raw('UTF-16 with its mark', 0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00),
  raw('UTF-16 without', 0x7b, 0x00, 0x7d, 0x00),
  raw('UTF-32', 0x00, 0x00, 0x00, 0x7b, 0x00, 0x00, 0x00, 0x7d),
  raw('NUL bytes', 0, 0, 0, 0),
  raw('bytes of a picture', 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
];

const badEscapes = [
  ...['\\x41', '\\u', '\\u1', '\\u12', '\\u123', '\\u123g', '\\U0041', '\\u{41}', '\\a', '\\0', "\\'", '\\v', '\\'],
  ...['\\ud800', '\\udc00', '\\ud83d\\ud83d', '\\ude00\\ud83d', '\\ud83dx', '\\uD83D'],
].map(escaped => text(`escape ${escaped}`, `{"a":"${escaped}"}`));

const controls = Array.from({ length: 32 }, (_, code) => raw(`control ${code} in a text`, 0x22, code, 0x22));

const noJson = [
  ...['', ' ', '\n', 'x', 'nul', 'True', 'NaN', 'Infinity', '-Infinity', 'undefined', "'a'", '`a`', '{a:1}', "{'a':1}"],
  ...[
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{,}',
    '{:1}',
    '{"a" 1}',
    '{"a":1 "b":2}',
    '[1,]',
    '[,1]',
    '[1 2]',
    '[1,,2]',
    '[',
    ']',
  ],
  ...[
    '{',
    '}',
    '{]',
    '[}',
    '[1}',
    '{"a":[}',
    '{}{}',
    '{} x',
    '[] []',
    '1 2',
    '"a" "b"',
    '"a',
    'a"',
    '""""',
    '/* x */ {}',
  ],
  ...[
    '{} // x',
    '# x',
    '<xml/>',
    'a=1&b=2',
    '--- a: 1',
    'callback({})',
    ")]}',\n{}",
    '\u00a0{}',
    '\u2028{}',
    '(1)',
    '{"a":1;}',
  ],
  ...['01', '-', '+1', '.5', '1.', '1e', '1e+', '0x10', '1_000', '--1', '1.2.3', '1e1.5', '- 1', '00', '-01', '٣'],
].map(body => text(`no JSON: ${JSON.stringify(body)}`, body));

const shapes = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-1',
    '1e400',
    '""',
    '"text"',
    '[]',
    '[{}]',
    '[[[]]]',
    '123456789012345678901234567890',
  ],
].map(body => text(`no object: ${body.slice(0, 40)}`, body));

const keys = (count: number): string => Array.from({ length: count }, (_, n) => `"k${n}":0`).join(',');
const bombs = [
  text('31 arrays', '['.repeat(31) + ']'.repeat(31)),
  text('31 objects', `${'{"a":'.repeat(31)}1${'}'.repeat(31)}`),
  text('100,000 open arrays', '['.repeat(100_000)),
  text('400,000 open objects', '{"a":'.repeat(80_000)),
  text('mixed, deep', '[{"a":'.repeat(20_000)),
  text('closed without being open', ']'.repeat(100_000)),
  text('1,001 keys', `{${keys(1001)}}`),
  text('30,000 keys', `{${keys(30_000)}}`),
  text('a field name of 100,000 bytes', `{"${'x'.repeat(100_000)}":1}`),
  text('a number of 100,000 digits', `{"a":${'9'.repeat(100_000)}}`),
  text('an endless text', `{"a":"${'x'.repeat(400_000)}`),
  text('backslashes without end', `{"a":"${'\\'.repeat(100_001)}`),
  text('5 MB', ' '.repeat(5 * 1024 * 1024)),
  gzip('64 MB of zeros in 64 kB', gzipSync(Buffer.alloc(64 * 1024 * 1024))),
  gzip('a deep bomb, packed', gzipSync('['.repeat(500_000))),
  gzip('packed twice', gzipSync(gzipSync('{}'))),
  gzip('not packed at all', Buffer.from('{}')),
  gzip('truncated', gzipSync(whole).subarray(0, 30)),
  gzip('nothing', Buffer.alloc(0)),
  gzip('packed nonsense', gzipSync('nonsense')),
];

const prototypes = [
  ...['{"__proto__":{"polluted":1}}', '{"__proto__":null}', '{"a":{"__proto__":[]}}', '[{"__proto__":1}]'],
  ...['{"constructor":{"prototype":{"polluted":1}}}', '{"\\u005f_proto__":{}}', '{"__proto__":1,"__proto__":2}'],
  ...[
    '{"notAField":1,"notAField":2}',
    '{"notAField":{"a":1},"notAField":{"b":2}}',
    '{"":1}',
    '{" ":1}',
    '{"\\u0000":1}',
  ],
].map(body => text(`names: ${body}`, body));

/** Every one must be refused by every route that takes a body. */
export const malformedBodies: readonly MalformedBody[] = [
  ...[...truncations, ...badUtf8, ...badEscapes, ...controls, ...noJson],
  ...[...shapes, ...bombs, ...prototypes],
];
