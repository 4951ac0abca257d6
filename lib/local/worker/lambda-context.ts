/** What the context object of an invocation is made of. */
export interface InvocationFacts {
  requestId: string;
  functionName: string;
  functionArn: string;
  memoryMegabytes: number;
  /** Milliseconds since the epoch at which the invocation is ended. */
  deadline: number;
}

/** The context object a handler receives, as Lambda builds it. */
export const lambdaContext = (facts: InvocationFacts) => ({
  awsRequestId: facts.requestId,
  callbackWaitsForEmptyEventLoop: true,
  functionName: facts.functionName,
  functionVersion: '$LATEST',
  getRemainingTimeInMillis: () => Math.max(0, facts.deadline - Date.now()),
  invokedFunctionArn: facts.functionArn,
  logGroupName: `/aws/lambda/${facts.functionName}`,
  logStreamName: 'local',
  memoryLimitInMB: String(facts.memoryMegabytes),
});
