/** What of a declared input decides whether it must have a value. */
export interface InputRule {
  readonly optional?: boolean | null | undefined;
  readonly validate?: { readonly required?: boolean | null | undefined } | null | undefined;
}

/** Whether a run needs a value for an input. `validate.required` wins over `optional`. */
export function isRequiredInput({ optional, validate }: InputRule): boolean {
  return optional !== true || validate?.required === true;
}
