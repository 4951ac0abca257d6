import { Transform } from 'node:stream';
import { ObjectError } from './object-error.ts';

/**
 * Undoes the `aws-chunked` framing in which the SDK sends bodies: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n`, a
 * chunk of size 0, then trailing checksum headers, which are dropped. Whole bytes come out, whatever way they arrive.
 */
export const decodeChunks = (): Transform => {
  let pending: Buffer = Buffer.alloc(0);
  let remaining = -1;
  let ended = false;
  const header = (): boolean => {
    const end = pending.indexOf('\r\n');
    if (end < 0) return false;
    const line = pending.subarray(0, end).toString('latin1');
    pending = pending.subarray(end + 2);
    if (line === '') return true;
    remaining = Number.parseInt(line.split(';')[0] ?? '', 16);
    if (Number.isNaN(remaining)) throw new ObjectError(400, 'InvalidRequest', 'The chunked body is malformed');
    if (remaining === 0) ended = true;
    return true;
  };
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      try {
        pending = pending.length > 0 ? Buffer.concat([pending, bytes]) : bytes;
        while (!ended && pending.length > 0) {
          if (remaining <= 0) {
            if (!header()) break;
            continue;
          }
          const content = pending.subarray(0, remaining);
          this.push(content);
          remaining -= content.length;
          pending = pending.subarray(content.length);
        }
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      done(ended ? null : new ObjectError(400, 'IncompleteBody', 'The body ended before its last chunk'));
    },
  });
};
