/** Signs so that everybody can check it who has the public key: Ed25519. */
export interface Signer {
  /** The text with its signature, as a compact JWS. */
  sign(text: string): Promise<string>;
  /** The signature of a text alone, in base64. */
  signature(text: string): Promise<string>;
  /** In base64url, as `x` of a JWK. */
  publicKey(): Promise<string>;
}
