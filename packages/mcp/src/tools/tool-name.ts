/** Tool ids have a dot; several hosts refuse a whole list for one dot, so the list has underscores unless asked. */

export type ToolNameStyle = 'underscore' | 'dotted';

/** `workflow.step_plan` → `workflow_step_plan` */
export function toListedName(name: string, style: ToolNameStyle): string {
  return style === 'dotted' ? name : name.replace('.', '_');
}
