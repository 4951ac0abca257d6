import type { JourneyCell, JourneySums } from '../../model/journey-sums.ts';

interface JourneyNode {
  id: string;
  step: number;
  event: string;
  /** People whose path is there, and of those the ones whose path goes no further. */
  count: number;
  ended: number;
  handle: string;
  endedHandle?: string;
}

interface JourneyLink {
  source: string;
  target: string;
  count: number;
  handle: string;
}

export interface JourneyGraph {
  nodes: JourneyNode[];
  links: JourneyLink[];
}

/** What a report of paths shows. */
export interface JourneysReported {
  types: readonly string[];
  depth: number;
  /** Steps are told from here: 0, or below where paths lead towards an end. */
  firstStep: number;
  /** What fewer people do is left out. */
  minCount: number;
}

/** Nodes and links for a Sankey diagram, step by step, the most frequent first. */
export const journeyReport = (
  { nodes, ends, links }: Omit<JourneySums, 'collected'>,
  { types, depth, firstStep, minCount }: JourneysReported,
  handleOf: (cell: JourneyCell) => string,
): JourneyGraph => {
  const idOf = (step: number, event: string): string => `${firstStep + step}:${event}`;
  const graph: JourneyGraph = { nodes: [], links: [] };
  for (let step = 0; step < depth; step += 1) {
    for (const [type, event] of types.entries()) {
      const node = step * types.length + type;
      const [count, ended] = [nodes[node] ?? 0, ends[node] ?? 0];
      if (count === 0 || count < minCount) continue;
      graph.nodes.push({
        ...{ id: idOf(step, event), step: firstStep + step, event, count, ended, handle: handleOf({ step, event }) },
        ...(ended > 0 ? { endedHandle: handleOf({ step, event, ends: true }) } : {}),
      });
      for (const [next, to] of types.entries()) {
        const going = links[node * types.length + next] ?? 0;
        if (going === 0 || going < minCount) continue;
        const handle = handleOf({ step, event, to });
        graph.links.push({ source: idOf(step, event), target: idOf(step + 1, to), count: going, handle });
      }
    }
  }
  return {
    nodes: graph.nodes.sort((one, other) => one.step - other.step || other.count - one.count),
    links: graph.links.sort((one, other) => other.count - one.count),
  };
};
