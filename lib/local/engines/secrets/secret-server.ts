import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { type ExpressionMap, mapOf, textOf } from '../../assembly/template.ts';
import { freePort } from '../free-port.ts';
import type { SecretStore, StoredSecret } from './secret-store.ts';

class SecretError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Operation = (input: ExpressionMap, store: SecretStore, arnOf: (name: string) => string) => ExpressionMap;

const existing = (store: SecretStore, id: unknown): StoredSecret => {
  const secret = store.get(String(id));
  if (!secret) throw new SecretError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  return secret;
};

const operations: Record<string, Operation> = {
  GetSecretValue: (input, store, arnOf) => {
    const { name, value, versionId, createdAt } = existing(store, input.SecretId);
    return {
      ARN: arnOf(name),
      Name: name,
      SecretString: value,
      VersionId: versionId,
      VersionStages: ['AWSCURRENT'],
      CreatedDate: createdAt / 1000,
    };
  },
  PutSecretValue: (input, store, arnOf) => {
    const secret = existing(store, input.SecretId);
    const versionId = textOf(input.ClientRequestToken) ?? randomUUID();
    store.put({ ...secret, value: textOf(input.SecretString) ?? '', versionId });
    return { ARN: arnOf(secret.name), Name: secret.name, VersionId: versionId, VersionStages: ['AWSCURRENT'] };
  },
  CreateSecret: (input, store, arnOf) => {
    const name = textOf(input.Name) ?? '';
    if (store.get(name))
      throw new SecretError(
        'ResourceExistsException',
        `The operation failed because the secret ${name} already exists.`,
      );
    const versionId = textOf(input.ClientRequestToken) ?? randomUUID();
    const value = textOf(input.SecretString) ?? '';
    store.put({ name, value, versionId, createdAt: Date.now(), description: textOf(input.Description) });
    return { ARN: arnOf(name), Name: name, VersionId: versionId };
  },
  DescribeSecret: (input, store, arnOf) => {
    const { name, versionId, createdAt, description } = existing(store, input.SecretId);
    return {
      ARN: arnOf(name),
      Name: name,
      Description: description,
      CreatedDate: createdAt / 1000,
      VersionIdsToStages: { [versionId]: ['AWSCURRENT'] },
    };
  },
  DeleteSecret: (input, store, arnOf) => {
    const { name } = existing(store, input.SecretId);
    store.remove(name);
    return { ARN: arnOf(name), Name: name, DeletionDate: Date.now() / 1000 };
  },
};

const send = (response: ServerResponse, status: number, body: ExpressionMap): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
};

/** Serves a secret store on the loopback interface in the JSON protocol of Secrets Manager. */
export const startSecretServer = async (
  store: SecretStore,
  wantedPort: number,
  arnOf: (name: string) => string,
): Promise<{ port: number; stop: () => Promise<void> }> => {
  const server = createServer((request, response) => {
    const action = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
    json(request)
      .then(body => {
        const operation = operations[action];
        if (!operation) throw new SecretError('InvalidRequestException', `${action} is not supported here.`);
        send(response, 200, operation(mapOf(body), store, arnOf));
      })
      .catch((error: unknown) => {
        const known = error instanceof SecretError;
        send(response, known ? 400 : 500, {
          __type: known ? error.code : 'InternalServiceError',
          message: error instanceof Error ? error.message : String(error),
        });
      });
  });
  const port = await freePort(wantedPort);
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, stop };
};
