/** Lets in whoever says so, and tells the handler what it found. */
export const handler = async ({ headers }) => ({
  isAuthorized: headers.authorization !== 'deny',
  context: { verdict: headers.authorization, level: 7 },
});
