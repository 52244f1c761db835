/** What a run goes by is not what the access log says it is: somebody wrote into a database. What it destroyed it certifies to nobody. */
export class InputsChanged extends Error {
  override readonly name = 'InputsChanged';

  /** @param what names it: which intake, which policy, which hold. No answer. */
  constructor(readonly what: string) {
    super(`${what}: not as the access log has it`);
  }
}
