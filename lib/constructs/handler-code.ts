import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';

/** Gives the code of all functions to a construct: an asset may be shared within one stack only. */
export type HandlerCode = (construct: IConstruct) => Code;

/** The bundled handlers of a directory, as one asset per stack. */
export const handlersFrom = (directory: string): HandlerCode => {
  const codeByStack = new Map<Stack, Code>();
  return construct => {
    const stack = Stack.of(construct);
    const code = codeByStack.get(stack) ?? Code.fromAsset(directory);
    codeByStack.set(stack, code);
    return code;
  };
};
