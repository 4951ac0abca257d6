import { hashVectors } from '../fixtures/hash-vectors.ts';
import { expectedOf, sentOf } from './hashing/check-vectors.ts';
import type { Verify } from './run.ts';

/** Prints what each platform is sent of values whose form is published, with where it is. */
export const verify: Verify = async () => {
  const wrong = hashVectors.filter(vector => {
    const sent = sentOf(vector);
    const holds = sent === expectedOf(vector);
    const published = vector.hash === undefined ? '' : ' (published hash)';
    const { platform, field, given, normalised = 'left out', source } = vector;
    console.log(
      `${holds ? 'ok   ' : 'WRONG'} ${platform} ${field} ${JSON.stringify(given)} → ${normalised} → ${sent}${published}`,
    );
    console.log(`      ${source}`);
    return !holds;
  });
  const published = hashVectors.filter(({ hash }) => hash !== undefined).length;
  const line = `${hashVectors.length - wrong.length} of ${hashVectors.length} vectors hold, ${published} of them with a published hash`;
  return { line, holds: wrong.length === 0 };
};
