/** `specs/WORKFLOWS.md`, written by `scripts/embed-workflow-spec.ts`. */
export const workflowSpecText: string = [''].join('\n');
