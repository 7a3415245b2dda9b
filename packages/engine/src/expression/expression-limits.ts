/** How large an expression may be and how much it may do. */
export interface ExpressionLimits {
  /** Characters of one expression. */
  readonly maxLength: number;
  /** Nesting of an expression, and of a value that is rendered, compared or turned into text. */
  readonly maxDepth: number;
  /** Units of work of one evaluation: a node, an element, or 16 characters of text each cost one. */
  readonly maxWork: number;
  /** Characters of one text that an expression or a template makes. */
  readonly maxTextLength: number;
}

export const defaultExpressionLimits: ExpressionLimits = {
  maxLength: 10_000,
  maxDepth: 200,
  maxWork: 1_000_000,
  maxTextLength: 1_048_576,
};
