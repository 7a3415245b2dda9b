/** Why one of several was not done. */
import { OattyError } from '@oatty/types';
import * as z from 'zod';

export const itemErrorSchema = z.object({ error_code: z.string(), message: z.string() });

/** @throws whatever is not about the item itself: a database that fails, say */
export function toItemError(thrown: unknown): z.infer<typeof itemErrorSchema> {
  if (thrown instanceof z.ZodError) {
    const messages = thrown.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return { error_code: 'ARGUMENT_INVALID', message: messages.join('; ').replace(/^: /, '') };
  }
  if (thrown instanceof OattyError) return { error_code: thrown.code, message: thrown.message };
  throw thrown;
}
