import type { PreSignUpTriggerEvent } from 'aws-lambda';
import { userIdOf } from '../core/flows/user-id.ts';
import { services } from './kit/provided-services.ts';

/** Called by the user pool before somebody joins it: only who was invited may. @throws Error that the pool shows */
export const handler = async (event: PreSignUpTriggerEvent): Promise<PreSignUpTriggerEvent> => {
  const { users, hashSecret } = services();
  const { email = '' } = event.request.userAttributes;
  const isInvited = (await users.get(await userIdOf(email, hashSecret))) !== undefined;
  if (isInvited || event.triggerSource === 'PreSignUp_AdminCreateUser') return event;
  throw new Error('This address was not invited.');
};
