import { LocalError } from '../local-error.ts';
import type { Place } from './place.ts';
import type { Assembly } from './read-assembly.ts';
import { exists, physicalName, type Resolver, referredResources, resolveExpression } from './resolve-expression.ts';
import { refuseUnknownTypes } from './resource-types.ts';
import { type Resource, resourcesIn } from './stack.ts';
import { type ExpressionMap, mapOf, textOf } from './template.ts';

/** A resource with all its properties resolved for this machine. */
export interface DeclaredResource extends Resource {
  properties: ExpressionMap;
  /** The name it goes by in its engine. */
  name: string;
}

/** The whole synthesised system, seen from this machine. */
export class System {
  readonly resources: readonly Resource[];
  readonly assets: ReadonlyMap<string, string>;
  #resolver: Resolver;

  /** Refuses (`LocalError`) an assembly with a resource type in no column of the table. */
  constructor(assembly: Assembly, place: Place, secret?: Resolver['secret']) {
    this.assets = assembly.assets;
    this.#resolver = { stacks: assembly.stacks, place, secret };
    this.resources = assembly.stacks.flatMap(resourcesIn).filter(resource => exists(resource, this.#resolver));
    refuseUnknownTypes(this.resources);
  }

  /** All resources of these types, resolved. */
  ofType(...types: string[]): DeclaredResource[] {
    return this.resources.filter(({ type }) => types.includes(type)).map(resource => this.declared(resource));
  }

  /** One resource with its properties resolved. */
  declared(resource: Resource): DeclaredResource {
    const properties = mapOf(resolveExpression(resource.declaration.Properties ?? {}, resource.stack, this.#resolver));
    return { ...resource, properties, name: physicalName(resource, this.#resolver) };
  }

  /** Every output of every stack, by `<stack path>.<output>`. */
  outputs(): Record<string, unknown> {
    return Object.fromEntries(
      this.#resolver.stacks.flatMap(stack =>
        Object.entries(stack.template.Outputs ?? {}).map(([name, { Value }]) => [
          `${stack.path}.${name}`,
          resolveExpression(Value, stack, this.#resolver),
        ]),
      ),
    );
  }

  /** The resource of one of these types which an (unresolved) property of a resource points at, if it is one. */
  referred(resource: Resource, expression: unknown, ...types: string[]): Resource | undefined {
    return referredResources(expression, resource.stack, this.#resolver).find(({ type }) => types.includes(type));
  }

  /** Resolves an expression as the stack of this resource would. */
  resolve(resource: Resource, expression: unknown): unknown {
    return resolveExpression(expression, resource.stack, this.#resolver);
  }

  /** The resource of this logical id or `aws:cdk:path`; throws a `LocalError` when none or several have it. */
  find(logicalIdOrPath: string): Resource {
    const hits = this.resources.filter(
      ({ id, logicalId, declaration }) =>
        id === logicalIdOrPath ||
        logicalId === logicalIdOrPath ||
        [logicalIdOrPath, `${logicalIdOrPath}/Resource`].includes(textOf(declaration.Metadata?.['aws:cdk:path']) ?? ''),
    );
    const [only, second] = hits;
    if (!only || second) throw new LocalError(`${hits.length} resources are called ${logicalIdOrPath}.`);
    return only;
  }
}
