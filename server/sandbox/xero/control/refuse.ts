/** Says which field of a control action is wrong; it becomes a 400 with that field named. */

export class ControlError extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.name = 'ControlError';
    this.field = field;
  }
}
