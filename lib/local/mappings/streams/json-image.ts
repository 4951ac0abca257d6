import type { AttributeValue } from '@aws-sdk/client-dynamodb-streams';

/** Binary travels as base64 in events. */
const jsonValue = (value: AttributeValue): unknown => {
  if (value.B) return { B: Buffer.from(value.B).toString('base64') };
  if (value.BS) return { BS: value.BS.map(bytes => Buffer.from(bytes).toString('base64')) };
  if (value.L) return { L: value.L.map(jsonValue) };
  if (value.M) return { M: jsonImage(value.M) };
  return value;
};

/** An item as it stands in the event of a table's stream. */
export const jsonImage = (image: Record<string, AttributeValue>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, jsonValue(value)]));
