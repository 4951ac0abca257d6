import { prices } from './prices.ts';

/** What was used, by the unit that it is charged by. */
export class Ledger {
  readonly units = {
    writeUnits: 0,
    transactionWriteUnits: 0,
    indexWriteUnits: 0,
    readUnits: 0,
    putUnits: 0,
    shardHours: 0,
    sqsRequests: 0,
    lambdaRequests: 0,
    lambdaGigabyteSeconds: 0,
    /** Of functions that carry the engine. */
    lambdaQueryGigabyteSeconds: 0,
    /** Units of the table of the profiles' keys. */
    sealWriteUnits: 0,
    sealReadUnits: 0,
    objectWrites: 0,
    objectReads: 0,
    httpRequests: 0,
    logGigabytes: 0,
  };
  /** Requests to the table, by operation. */
  readonly requests = new Map<string, number>();
  /** Write units by kind of item: the first letters of its key. */
  readonly writesByKind = new Map<string, number>();

  add(unit: keyof Ledger['units'], amount: number): void {
    this.units[unit] += amount;
  }

  request(operation: string, times = 1): void {
    this.requests.set(operation, (this.requests.get(operation) ?? 0) + times);
  }

  write(kind: string, units: number): void {
    this.writesByKind.set(kind, (this.writesByKind.get(kind) ?? 0) + units);
  }

  /** Dollars per million events, line by line. */
  lines(events: number): [line: string, dollars: number][] {
    const { units } = this;
    const perMillion = (dollars: number): number => (dollars * 1e6) / events;
    return [
      ['DynamoDB writes', units.writeUnits * prices.dynamoDbWriteUnit],
      ['DynamoDB writes in transactions', units.transactionWriteUnits * prices.dynamoDbWriteUnit],
      ['DynamoDB index writes', units.indexWriteUnits * prices.dynamoDbWriteUnit],
      ['DynamoDB reads', units.readUnits * prices.dynamoDbReadUnit],
      [
        'DynamoDB keys of profiles',
        units.sealWriteUnits * prices.dynamoDbWriteUnit + units.sealReadUnits * prices.dynamoDbReadUnit,
      ],
      ['S3 requests', units.objectWrites * prices.s3Write + units.objectReads * prices.s3Read],
      ['Kinesis', units.putUnits * prices.kinesisPutUnit + units.shardHours * prices.kinesisShardHour],
      ['SQS', units.sqsRequests * prices.sqsRequest],
      [
        'Lambda',
        units.lambdaRequests * prices.lambdaRequest + units.lambdaGigabyteSeconds * prices.lambdaGigabyteSecond,
      ],
      ['Lambda for the files of the lake', units.lambdaQueryGigabyteSeconds * prices.lambdaQueryGigabyteSecond],
      ['HTTP API and CloudFront', units.httpRequests * (prices.httpApiRequest + prices.cloudFrontRequest)],
      ['Logs', units.logGigabytes * prices.logGigabyte],
    ].map(([line, dollars]): [string, number] => [String(line), perMillion(Number(dollars))]);
  }
}
