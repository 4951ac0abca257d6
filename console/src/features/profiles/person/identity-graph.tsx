import type { ReactNode } from 'react';
import { profileWords } from '../../../words/profiles.ts';
import styles from './identity-graph.module.css';
import type { Identity } from './use-identities.ts';

interface IdentityGraphProps {
  name: string;
  identities: readonly Identity[];
  /** Ids of profiles that are a part of this one. */
  merged: readonly string[];
}

interface Node {
  key: string;
  kind: string;
  label: string;
}

const [width, height, labelMax, nodesMax] = [680, 270, 30, 16];
const [centreX, centreY] = [width / 2, height / 2];

const short = (text: string): string => (text.length > labelMax ? `${text.slice(0, labelMax - 1)}…` : text);

/** Places on an ellipse, left and right of the middle in turn, so that labels have room. */
const placeOf = (index: number, count: number): { x: number; y: number; isLeft: boolean } => {
  const isLeft = index % 2 === 1;
  const side = Math.ceil((count - (isLeft ? 1 : 0)) / 2);
  const row = Math.floor(index / 2);
  const angle = side === 1 ? 0 : -1.1 + (2.2 * row) / (side - 1);
  const x = centreX + (isLeft ? -1 : 1) * Math.cos(angle) * 130;
  return { x, y: centreY + Math.sin(angle) * 118, isLeft };
};

/** The person in the middle, and around them what leads to them. */
export const IdentityGraph = ({ name, identities, merged }: IdentityGraphProps): ReactNode => {
  const nodes: Node[] = [
    ...identities.map(({ type, value }) => ({ key: `${type} ${value}`, kind: type, label: value })),
    ...merged.map(id => ({ key: id, kind: profileWords.becomesPart, label: id })),
  ].slice(0, nodesMax);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={styles.graph} role="img" aria-label={profileWords.graphOf(name)}>
      {nodes.map(({ key }, index) => {
        const { x, y } = placeOf(index, nodes.length);
        return <line key={key} x1={centreX} y1={centreY} x2={x} y2={y} className={styles.edge} />;
      })}
      <circle cx={centreX} cy={centreY} r={26} className={styles.person} />
      <text x={centreX} y={centreY + 4} textAnchor="middle" className={styles.initials}>
        {name.slice(0, 2).toUpperCase()}
      </text>
      {nodes.map(({ key, kind, label }, index) => {
        const { x, y, isLeft } = placeOf(index, nodes.length);
        const anchor = isLeft ? 'end' : 'start';
        const textX = x + (isLeft ? -10 : 10);
        return (
          <g key={key}>
            <circle cx={x} cy={y} r={5} className={styles.identifier} />
            <text x={textX} y={y - 1} textAnchor={anchor} className={styles.kind}>
              {kind}
            </text>
            <text x={textX} y={y + 11} textAnchor={anchor} className={styles.label}>
              {short(label)}
            </text>
          </g>
        );
      })}
    </svg>
  );
};
