import { answerQuestion } from '../../core/contract/messages.ts';
import { answerQuestion as work } from '../../core/flows/answer-question.ts';
import { consumer } from '../kit/consumer.ts';

export const handler = consumer(answerQuestion, async (messages, services) => {
  for (const message of messages) await work(message, services);
  return undefined;
});
