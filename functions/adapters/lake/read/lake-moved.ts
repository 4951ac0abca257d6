/** The lake's objects were replaced since they were looked up: look again. */
export class LakeMoved extends Error {
  override readonly name = 'LakeMoved';
}
