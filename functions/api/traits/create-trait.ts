import { createTrait } from '../../../core/contract/traits.ts';
import { createTrait as create } from '../../../core/flows/create-trait.ts';
import { shownTrait } from '../../../core/flows/shown-trait.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(createTrait, async ({ body, caller }, services) =>
  shownTrait(await create(body, services, caller.id)),
);
