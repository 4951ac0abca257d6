/** What is uploaded and downloaded, looked through for people. */
export interface PersonalFiles {
  /** The keys of files in which one of these texts stands, packed ones unpacked; case does not matter. */
  telling(texts: readonly string[]): Promise<string[]>;
  remove(keys: readonly string[]): Promise<void>;
}
