import { fingerprint } from '../../model/fingerprint.ts';
import { textOf } from './read-member.ts';

const messageIdMax = 100;

/** How a call names its message. A long name is cut and told apart by its fingerprint, always the same way. */
export const messageIdOf = ({ messageId }: Record<string, unknown>): string | undefined => {
  const text = textOf(messageId);
  return text === undefined || text.length <= messageIdMax
    ? text
    : `${text.slice(0, messageIdMax - 9)}:${fingerprint(text).toString(16).padStart(8, '0')}`;
};
