export type HashSecret = (secret: string) => Promise<string>;

/** The id of whoever has an address: the same for the same one, however its letters are written. */
export const userIdOf = async (email: string, hashSecret: HashSecret): Promise<string> =>
  `user-${(await hashSecret(`user ${email.toLowerCase()}`)).slice(0, 26)}`;
