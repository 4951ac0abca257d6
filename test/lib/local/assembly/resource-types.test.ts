import { expect, test } from 'vitest';
import { resourceTypes } from '../../../../lib/local/assembly/resource-types.ts';
import { synthesisePlatform } from '../../synthesised-platform.ts';
import { systemOf } from '../system-of.ts';

const placements: Record<string, string>[] = [
  {},
  { STAGE: 'local' },
  { STAGE: 'prod', JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'cdp' },
];

test.each(placements)(
  'every type of the platform’s templates stands in a column and runs or is not needed: %j',
  environment => {
    const { templates } = synthesisePlatform(environment);
    const types = new Set(templates.flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type)));
    expect(types.size).toBeGreaterThan(20);
    const outside = [...types].filter(type => {
      const treatment = resourceTypes[type];
      return treatment === undefined || 'refused' in treatment;
    });
    expect(outside).toEqual([]);
  },
);

test('a type in no column is refused with its id and where to give it a line', () => {
  expect(() => systemOf({ Graph: { Type: 'AWS::Neptune::DBCluster' } })).toThrow(
    /Shop\/Graph.*AWS::Neptune::DBCluster.*resource-types\.ts/,
  );
});

test('a refused type is refused with the reason', () => {
  expect(() => systemOf({ Database: { Type: 'AWS::RDS::DBInstance' } })).toThrow(/Shop\/Database.*DynamoDB/);
});
