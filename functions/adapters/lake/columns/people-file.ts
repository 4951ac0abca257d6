import { readFile } from 'node:fs/promises';

/** Ids, one a line, in their order: the line of an id is the number of its person. */
const linesOf = async (path: string): Promise<string[]> => {
  const lines = (await readFile(path, 'utf8')).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

const placeIn = (lines: readonly string[], id: string): number => {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return lines[low] === id ? low : -1;
};

/** By the number of each person the group that names them, in memory that threads share. */
export const groupsIn = async (
  path: string,
  idsOf: readonly (readonly string[])[],
  others: number,
): Promise<Uint8Array> => {
  const lines = await linesOf(path);
  const groups = new Uint8Array(new SharedArrayBuffer(lines.length)).fill(others);
  for (const [group, ids] of idsOf.entries()) {
    for (const id of ids) {
      const place = placeIn(lines, id);
      if (place >= 0) groups[place] = group;
    }
  }
  return groups;
};

export const idsAt = async (path: string, numbers: Uint32Array): Promise<string[]> => {
  const lines = await linesOf(path);
  return [...numbers].flatMap(number => lines[number] ?? []);
};
