const [objectBytes, memberBytes] = [48, 8];

/** About how many bytes of the heap a value of JSON takes. Its text does not tell: `{}` takes twenty times its length. */
export const heapBytes = (value: unknown): number => {
  if (typeof value === 'string') return memberBytes + value.length;
  if (typeof value !== 'object' || value === null) return memberBytes;
  let bytes = objectBytes;
  if (Array.isArray(value)) for (const one of value) bytes += heapBytes(one);
  else for (const name in value) bytes += heapBytes((value as Record<string, unknown>)[name]);
  return bytes;
};
