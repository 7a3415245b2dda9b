import { OattyError } from '@oatty/types';

/**
 * Names the place whose expression has no result.
 *
 * @param place - a key of the step or of the manifest: `with`, `repeat.until`, `final_output`
 * @throws {OattyError} what `evaluate` throws, with the place in the message (`with.items[0]: …`) and as `location` in
 *   the context (`$.with.items[0]`)
 */
export function inPlace<Value>(place: string, evaluate: () => Value): Value {
  try {
    return evaluate();
  } catch (thrown) {
    const error = OattyError.from(thrown);
    const { location } = error.options.context ?? {};
    const exact = typeof location === 'string' ? place + location.slice(1) : place;
    throw new OattyError(error.code, `${exact}: ${error.message}`, {
      ...error.options,
      context: { ...error.options.context, location: `$.${exact}` },
      correlationId: error.correlationId,
      cause: thrown,
    });
  }
}
