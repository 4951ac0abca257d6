/** What stands for bytes that are not UTF-8 once they have been read. */
const unreadable = '\uFFFD';
const beyondAscii = /[\x80-\xff]/;
const charactersAtOnce = 8192;

/**
 * Bytes as text in which every character is one byte, so that places in the text are places in the file. CSV and JSON
 * Lines are cut at characters which no other character of UTF-8 contains.
 */
export async function* byteText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const part of bytes) {
    for (let at = 0; at < part.length; at += charactersAtOnce) {
      yield String.fromCharCode(...part.subarray(at, at + charactersAtOnce));
    }
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads what `byteText` has kept as bytes. */
export const fromByteText = (text: string): string =>
  beyondAscii.test(text) ? decoder.decode(Uint8Array.from(text, character => character.charCodeAt(0))) : text;

/** Whether something read holds bytes that were no UTF-8. */
export const isUnreadable = (cells: unknown): boolean => JSON.stringify(cells).includes(unreadable);
