import type { Route } from '../../core/contract/route.ts';
import { askQuestion } from '../../core/flows/ask-question.ts';
import type { QuestionOf } from '../../core/flows/questions.ts';
import { Answer, AnswersLater } from './answer.ts';
import { endpoint } from './endpoint.ts';

/** Makes a Lambda handler of a question that may take long: what does is answered by a job. */
export const answeredQuestion = <const R extends Route>(question: QuestionOf<R>) =>
  endpoint(question.route, async ({ params, query, body, caller }, services) => {
    const found = await askQuestion(question, { params, query, body }, caller.fieldPolicy, services);
    return 'jobId' in found ? new AnswersLater(found.jobId) : new Answer(found.data, found);
  });
