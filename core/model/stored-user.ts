import type { Role } from './caller.ts';

/** Somebody who may sign in to the console, known by an address that the issuer has verified. */
export interface StoredUser {
  id: string;
  version: number;
  email: string;
  roles: Role[];
  createdAt: string;
  updatedAt: string;
}
