/** Loaded before a program that shall not find the DynamoDB engine's package. */
import Module from 'node:module';

const resolve = Module._resolveFilename;
Module._resolveFilename = function resolveFilename(request, ...others) {
  if (!request.startsWith('@dynoxide/')) return resolve.call(this, request, ...others);
  throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' });
};
