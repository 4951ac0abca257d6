import type { Placed, SynthesisedPlatform } from './synthesised-platform.ts';

/** One statement of a policy, with lists where IAM also allows single values. */
export interface Statement {
  actions: string[];
  /** As text: an ARN that is only known at deployment is its JSON. */
  resources: string[];
}

interface RawStatement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource: unknown;
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).map(one => (typeof one === 'string' ? one : JSON.stringify(one)));

const statementsOf = (policy: Placed): Statement[] => {
  const document = policy.Properties.PolicyDocument as { Statement: RawStatement[] };
  return document.Statement.filter(({ Effect }) => Effect === 'Allow').map(({ Action, Resource }) => ({
    actions: texts(Action),
    resources: texts(Resource),
  }));
};

/** The functions of the platform itself, without what CDK adds for the deployment of the site. */
export const ownFunctions = (platform: SynthesisedPlatform): Placed[] =>
  platform.all('AWS::Lambda::Function').filter(({ id }) => !id.startsWith('Custom'));

/** Every right of the role of a function. */
export const rightsOf = (platform: SynthesisedPlatform, { stack, Properties }: Placed): Statement[] => {
  const [role] = (Properties.Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
  return platform
    .all('AWS::IAM::Policy')
    .filter(policy => policy.stack === stack && JSON.stringify(policy.Properties.Roles).includes(`"${role}"`))
    .flatMap(statementsOf);
};

/** The function whose handler is in this file below `functions/`. */
export const functionOf = (platform: SynthesisedPlatform, file: string): Placed => {
  const found = ownFunctions(platform).find(({ Properties }) => Properties.Handler === `${file}.handler`);
  if (!found) throw new Error(`No function has its handler in ${file}.`);
  return found;
};

/** Every action that the function of a file may take. */
export const actionsOf = (platform: SynthesisedPlatform, file: string): string[] =>
  rightsOf(platform, functionOf(platform, file)).flatMap(({ actions }) => actions);
