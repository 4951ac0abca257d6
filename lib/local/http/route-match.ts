/** Which route answers a request, and what its path parameters are. */
export interface RouteMatch<Target> {
  target: Target;
  routeKey: string;
  /** Decoded values by the names in the route's path. */
  parameters: Record<string, string>;
}

interface Pattern<Target> {
  routeKey: string;
  method: string;
  segments: string[];
  target: Target;
}

const isGreedy = (segment: string): boolean => segment.startsWith('{') && segment.endsWith('+}');
const isParameter = (segment: string): boolean => segment.startsWith('{') && segment.endsWith('}');

/** A static segment beats a parameter, a parameter beats a greedy one. */
const rank = (segment: string | undefined): number =>
  segment === undefined ? 3 : isGreedy(segment) ? 2 : isParameter(segment) ? 1 : 0;

/** Which of two patterns API Gateway prefers: path first, segment by segment, then the named method before `ANY`. */
const byPreference = (a: Pattern<unknown>, b: Pattern<unknown>): number => {
  for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index++) {
    const difference = rank(a.segments[index]) - rank(b.segments[index]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const split = (path: string): string[] => path.replace(/^\//, '').split('/');

const parametersOf = (pattern: string[], path: string[]): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const actual = path[index];
    if (isGreedy(segment)) {
      const rest = path.slice(index).join('/');
      if (rest === '') return undefined;
      parameters[segment.slice(1, -2)] = decoded(rest);
      return parameters;
    }
    if (actual === undefined) return undefined;
    if (!isParameter(segment)) {
      if (segment !== decoded(actual)) return undefined;
    } else if (actual === '') return undefined;
    else parameters[segment.slice(1, -1)] = decoded(actual);
  }
  return pattern.length === path.length ? parameters : undefined;
};

/** The routes of one API (`GET /a/{b}`, `ANY /x/{proxy+}`, `$default`) and the choice among them. */
export class Routes<Target> {
  #patterns: Pattern<Target>[] = [];
  #fallback: Target | undefined;

  add(routeKey: string, target: Target): void {
    if (routeKey === '$default') {
      this.#fallback = target;
      return;
    }
    const [method = '', path = ''] = routeKey.split(' ');
    this.#patterns.push({ routeKey, method, segments: split(path), target });
    this.#patterns.sort(byPreference);
  }

  /** The preferred route for a method and an encoded path, `$default` when no other matches. */
  match(method: string, path: string): RouteMatch<Target> | undefined {
    const segments = split(path);
    for (const { routeKey, method: own, segments: pattern, target } of this.#patterns) {
      if (own !== 'ANY' && own !== method) continue;
      const parameters = parametersOf(pattern, segments);
      if (parameters) return { target, routeKey, parameters };
    }
    return this.#fallback && { target: this.#fallback, routeKey: '$default', parameters: {} };
  }
}
