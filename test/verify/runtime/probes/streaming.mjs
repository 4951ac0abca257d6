import { sleep } from './log.mjs';

/* global awslambda */
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const answer = awslambda.HttpResponseStream.from(stream, {
    statusCode: 201,
    headers: { 'content-type': 'text/event-stream', 'x-path': event.rawPath },
  });
  for (const piece of ['one', 'two', 'three']) {
    answer.write(`data: ${piece}\n\n`);
    await sleep(300);
  }
  answer.end();
});
