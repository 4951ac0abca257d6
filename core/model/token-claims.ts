/** What a token says of its bearer, once it was verified. */
export interface TokenClaims {
  subject: string;
  groups: string[];
  /** An address of which the issuer says that it was verified. */
  verifiedEmail?: string | undefined;
}
