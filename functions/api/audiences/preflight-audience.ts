import { questions } from '../../../core/flows/questions.ts';
import { answeredQuestion } from '../../kit/answered-question.ts';

export const handler = answeredQuestion(questions.preflightAudience);
