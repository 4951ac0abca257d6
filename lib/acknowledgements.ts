import { CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/** Findings of the template checks that we accept, why, who answers for it, and until when (a date, UTC). */
export interface Acknowledgement {
  findings: readonly string[];
  reason: string;
  owner: string;
  expires: string;
}

/** Every accepted finding of the whole app, by the name under which constructs point to it. */
export const acknowledgements = {
  ownStreamKey: {
    findings: ['AwsSolutions-KDS3'],
    reason: 'The stream is encrypted with the platform’s own key, which can be audited and withdrawn.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  unrotatedSecret: {
    findings: ['AwsSolutions-SMG4'],
    reason: 'API keys and tokens are derived from this secret: rotating it on a timer would revoke every key.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  lastQueue: {
    findings: ['Serverless-SQSRedrivePolicy'],
    reason: 'This is the dead letter queue itself: nothing comes after it.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  queueFailures: {
    findings: ['Serverless-LambdaEventSourceMappingDestination'],
    reason: 'A queue keeps its failures in its own dead letter queue; mappings of queues have no failure destination.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  calledDirectly: {
    findings: ['Serverless-LambdaDLQ'],
    reason:
      'A stream, a queue, a clock or the API calls it and learns of the failure; there is no event of its own to lose.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  nextRunRepeats: {
    findings: ['Serverless-LambdaAsyncFailureDestination', 'Serverless-EventBusDLQ'],
    reason: 'A run that fails is not repeated: the next one, a minute later, finds everything that is still due.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  failedBatches: {
    findings: ['AwsSolutions-IAM5[Resource::<{bucket}.Arn>/aws/lambda/*]'],
    reason: 'Lambda names the object of a failed batch itself; the right ends at its prefix of one bucket.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  lakeObjects: {
    findings: ['AwsSolutions-IAM5[Resource::<{bucket}.Arn>/*]'],
    reason:
      'The lake names its files by day and by id, so who works on them has a right on the objects of that bucket.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  queryResults: {
    findings: ['AwsSolutions-IAM5[Resource::<{bucket}.Arn>/results/*]'],
    reason: 'Athena names the objects of its answers itself, in the name of who asks; the right ends at their prefix.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  transferObjects: {
    findings: ['AwsSolutions-IAM5[Resource::<{bucket}.Arn>/*]'],
    reason: 'Uploads and downloads are named by their jobs: the right is on the objects of the one bucket they share.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  auditAnchors: {
    findings: ['AwsSolutions-IAM5[Resource::<{bucket}.Arn>/*]'],
    reason: 'Anchors are named by day and time; the bucket holds nothing else, and what is in it cannot be replaced.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  tracing: {
    findings: ['AwsSolutions-IAM5[Resource::*]'],
    reason: 'X-Ray accepts trace segments on the resource * only; every other right names its resource.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  essentialPlan: {
    findings: ['AwsSolutions-COG8'],
    reason: 'The plus plan costs money per user; a second factor is required, and only who was invited may join.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  integrationSecrets: {
    findings: [
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:cdp/{stage}/integrations/*]',
    ],
    reason:
      'The secret of an outside system is made when it is first connected; the right ends at their common prefix.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  openRoute: {
    findings: ['AwsSolutions-APIG4'],
    reason: 'Open by design: public, answering an unknown path, or checking a write key in the handler.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  openToTheWorld: {
    findings: ['AwsSolutions-CFR1'],
    reason: 'The deployment decides where its users are; a web ACL can be given by context.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  noWebAcl: {
    findings: ['AwsSolutions-CFR2'],
    reason: 'No web ACL was given by context (webAclArn); it costs money while idle, so it is a choice.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  defaultCertificate: {
    findings: ['AwsSolutions-CFR4'],
    reason: 'No domain was given by context; the default certificate of CloudFront fixes its own TLS version.',
    owner: 'platform',
    expires: '2027-11-01',
  },
  siteDeployment: {
    findings: [
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      'AwsSolutions-IAM5[Action::s3:GetObject*]',
      'AwsSolutions-IAM5[Action::s3:GetBucket*]',
      'AwsSolutions-IAM5[Action::s3:List*]',
      'AwsSolutions-IAM5[Action::s3:DeleteObject*]',
      'AwsSolutions-IAM5[Action::s3:Abort*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]',
      'AwsSolutions-IAM5[Resource::<{bucket}.Arn>/*]',
      'AwsSolutions-IAM5[Resource::*]',
      'AwsSolutions-L1',
      'Serverless-LambdaLatestVersion',
      'Serverless-LambdaTracing',
      'Serverless-LambdaDLQ',
    ],
    reason:
      'Code of the CDK that runs at deployment only: it copies the site into its bucket and clears the edge’s cache.',
    owner: 'platform',
    expires: '2027-11-01',
  },
} as const satisfies Record<string, Acknowledgement>;

export type AcknowledgementName = keyof typeof acknowledgements;

/** What a finding names that is only known where the construct is placed. */
type Named = IBucket | { stage: string };

/** `{bucket}` in a finding stands for the logical id of a bucket, `{stage}` for the stage. */
const placed = (finding: string, named: Named | undefined): string => {
  if (!named) return finding;
  if ('stage' in named) return finding.replace('{stage}', named.stage);
  const { defaultChild } = named.node;
  if (!CfnElement.isCfnElement(defaultChild)) throw new Error(`${named.node.path} has no resource of its own.`);
  return finding.replace('{bucket}', String(Stack.of(named).resolve(defaultChild.logicalId)));
};

/** Accepts the named findings on a construct and everything below it. */
export const acknowledge = (construct: IConstruct, name: AcknowledgementName, named?: Named): void => {
  const { findings, reason, owner, expires }: Acknowledgement = acknowledgements[name];
  const note = `${name}: ${reason} Owner: ${owner}, until ${expires}.`;
  Validations.of(construct).acknowledge(...findings.map(id => ({ id: placed(id, named), reason: note })));
};
