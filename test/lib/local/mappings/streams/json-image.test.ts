import { expect, test } from 'vitest';
import { jsonImage } from '../../../../../lib/local/mappings/streams/json-image.ts';

const bytes = new Uint8Array([1, 2, 3]);

test('binary becomes base64 at every depth, everything else stays', () => {
  const image = {
    text: { S: 'a' },
    number: { N: '1.50' },
    nothing: { NULL: true } as const,
    bytes: { B: bytes },
    set: { BS: [bytes] },
    list: { L: [{ B: bytes }, { S: 'b' }] },
    map: { M: { inner: { B: bytes } } },
  };
  expect(jsonImage(image)).toEqual({
    text: { S: 'a' },
    number: { N: '1.50' },
    nothing: { NULL: true },
    bytes: { B: 'AQID' },
    set: { BS: ['AQID'] },
    list: { L: [{ B: 'AQID' }, { S: 'b' }] },
    map: { M: { inner: { B: 'AQID' } } },
  });
});
