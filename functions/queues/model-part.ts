import { modelPart } from '../../core/contract/messages.ts';
import { scoreStep } from '../../core/flows/score-profiles.ts';
import { trainStep } from '../../core/flows/train-models.ts';
import { consumer } from '../kit/consumer.ts';

/** Each takes the messages of its own kind of job. */
export const handler = consumer(modelPart, async (messages, services) => {
  for (const message of messages) {
    await trainStep(message, services);
    await scoreStep(message, services);
  }
  return undefined;
});
