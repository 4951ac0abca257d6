/**
 * 32 bits of a message id (FNV-1a over UTF-16 units). Two ids may share one: a hit is a suspicion, to be confirmed in
 * the chunks.
 */
export const fingerprint = (messageId: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < messageId.length; index += 1) {
    hash = Math.imul(hash ^ messageId.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
};
