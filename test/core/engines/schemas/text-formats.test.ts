import { expect, test } from 'vitest';
import { textFormats } from '../../../../core/engines/schemas/text-formats.ts';

test.each<[keyof typeof textFormats, string, boolean]>([
  ['date', '2024-02-29', true],
  ['date', '2026-02-29', false],
  ['date', '2026-13-01', false],
  ['time', '23:59:60Z', true],
  ['time', '24:00:00Z', false],
  ['date-time', '2026-02-15T10:00:00.123+02:00', true],
  ['date-time', '2026-02-15t10:00:00z', true],
  ['date-time', '2026-02-15T10:00:00', false],
  ['date-time', '2026-02-15', false],
  ['email', 'jane@example.com', true],
  ['email', 'jane', false],
  ['uuid', '00000000-0000-0000-0000-000000000000', true],
  ['uuid', '00000000', false],
  ['uri', 'https://shop.example/a?b=c#d', true],
  ['uri', 'mailto:jane@example.com', true],
  ['uri', '/home', false],
  ['uri', 'https://a b', false],
])('%s of %s: %s', (format, text, is) => {
  expect(textFormats[format](text)).toBe(is);
});
