/** What a token confirms, until when (epoch ms); `nonce` tells it from every other. */
export interface ConsentClaim {
  profileId: string;
  nonce: string;
  until: number;
}

/** Tokens for links by which people confirm what they said. */
export interface ConsentTokens {
  seal(claim: ConsentClaim): Promise<string>;
  /** `undefined` for what we did not seal, or what is over. */
  open(token: string): Promise<ConsentClaim | undefined>;
}
