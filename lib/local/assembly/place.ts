/** What the resolver must know of this machine to turn a resource into the text the functions see. */
export interface Place {
  region: string;
  accountId: string;
  /** The origin of the local HTTP server, such as `http://127.0.0.1:3001`. */
  origin: string;
  /** The origin of the SQS engine: queue URLs start with it. */
  queueOrigin: string;
  /** The origin of the object server, which browsers upload to. */
  objectOrigin: string;
}
