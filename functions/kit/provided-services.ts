import { openServices } from './open-services.ts';
import type { Services } from './services.ts';

let provided: Services | undefined;

/** The services of this process. */
export const services = (): Services => {
  provided ??= openServices();
  return provided;
};

/** Puts other services in place: how tests run the real handlers over a store of their own. */
export const provideServices = (replacement: Services | undefined): void => {
  provided = replacement;
};
