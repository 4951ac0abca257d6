import { Alarm, type AlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** An alarm, and whom it tells: without a topic it is only seen in CloudWatch. */
export interface PlatformAlarmProps extends AlarmProps {
  alarmTopicArn: string | undefined;
}

/** An alarm that notifies the deployment's topic, where one was given. */
export class PlatformAlarm extends Alarm {
  constructor(scope: Construct, id: string, { alarmTopicArn, ...props }: PlatformAlarmProps) {
    super(scope, id, props);
    if (alarmTopicArn === undefined) return;
    const action = new SnsAction(Topic.fromTopicArn(this, 'Topic', alarmTopicArn));
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}
