import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';

/** A finding of the template checks: the rule and the construct that breaks it. */
export interface Finding {
  rule: string;
  path: string;
}

/** An accepted rule: the name of the acknowledgement, and the construct below which it holds. */
export interface Accepted extends Finding {
  name: string;
}

/** The packs leave out what was acknowledged; here they are made to say everything. */
const unforgiving = <Pack extends NagPack>(pack: Pack): Pack => Object.assign(pack, { isAcknowledged: () => false });

/** Every finding of the packs on a synthesised app, acknowledged or not. */
export const findings = (app: App): Finding[] =>
  [new AwsSolutionsChecks(), new ServerlessChecks()]
    .map(unforgiving)
    .flatMap(pack =>
      pack
        .validateScope(app)
        .violations.flatMap(({ ruleName, violatingResources }) =>
          violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath ?? '' })),
        ),
    );

/** Every acknowledgement that the constructs of an app carry. */
export const accepted = (app: App): Accepted[] =>
  app.node.findAll().flatMap(construct =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({
        rule: id.replace(/^annotation::/i, ''),
        path: construct.node.path,
        name: reason.split(':')[0] ?? '',
      })),
  );

/** Does an acknowledgement cover a finding? */
export const covers = (one: Accepted, finding: Finding): boolean =>
  one.rule === finding.rule && (finding.path === one.path || finding.path.startsWith(`${one.path}/`));
