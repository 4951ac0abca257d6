/** Answers with the event, so that the caller sees what the function saw. */
export const handler = async event => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(event),
});
