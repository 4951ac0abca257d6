import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalError } from '../../local-error.ts';

/** One secret with the id of its present version. */
export interface StoredSecret {
  name: string;
  value: string;
  versionId: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  description?: string;
}

const algorithm = 'aes-256-gcm';

/** Secrets in one file `<state>/secrets`, sealed with AES-256-GCM under the key in `<state>/secrets.key` (mode 0600). */
export class SecretStore {
  #file: string;
  #key: Buffer;
  #secrets = new Map<string, StoredSecret>();

  constructor(stateDirectory: string) {
    mkdirSync(stateDirectory, { recursive: true });
    this.#file = join(stateDirectory, 'secrets');
    const keyFile = join(stateDirectory, 'secrets.key');
    if (!existsSync(keyFile)) {
      if (existsSync(this.#file)) throw this.#damaged();
      writeFileSync(keyFile, randomBytes(32), { mode: 0o600 });
    }
    this.#key = readFileSync(keyFile);
    if (existsSync(this.#file)) this.#read();
  }

  #damaged(): LocalError {
    return new LocalError(`${this.#file} cannot be opened with its key. Remove the state directory to start afresh.`);
  }

  #read(): void {
    try {
      const sealed = readFileSync(this.#file);
      const decipher = createDecipheriv(algorithm, this.#key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      const plain = Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
      for (const secret of JSON.parse(plain) as StoredSecret[]) this.#secrets.set(secret.name, secret);
    } catch {
      throw this.#damaged();
    }
  }

  #write(): void {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(algorithm, this.#key, nonce);
    const plain = JSON.stringify([...this.#secrets.values()]);
    const content = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    writeFileSync(`${this.#file}.new`, Buffer.concat([nonce, cipher.getAuthTag(), content]), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** The secret of this name or ARN. */
  get(id: string): StoredSecret | undefined {
    return this.#secrets.get(id) ?? this.#secrets.get(id.split(':secret:')[1] ?? id);
  }

  names(): string[] {
    return [...this.#secrets.keys()];
  }

  /** Keeps a value under a name; it is on disk when this returns. */
  put(secret: StoredSecret): void {
    this.#secrets.set(secret.name, secret);
    this.#write();
  }

  remove(name: string): void {
    if (this.#secrets.delete(name)) this.#write();
  }
}
