/** What a model is told when it connects: at most 2 kB, compared with a golden file. */
import { toListedName } from './tools/tool-name.ts';
import type { ToolNameStyle } from './tools/tool-name.ts';

export function toInstructions(style: ToolNameStyle): string {
  const name = (tool: string) => toListedName(tool, style);
  const names =
    style === 'dotted' ? '' : ' A tool that they name with a dot (run.start) is listed with an underscore.';
  return `oatty turns APIs into commands, and commands into workflows that run step by step.

Work in this order: discover, draft, validate, save, run.
1. Discover: find commands with ${name('command.search')}, read each one you use with ${name('command.get')}. Never guess a command id or a parameter.
2. Draft the manifest. Read the resource oatty://workflow/spec once if you can, and a similar workflow with ${name('workflow.get')}. The form:
\`\`\`yaml
workflow: look_up
inputs:
  order_id: { type: string }
steps:
  - id: order
    run: shop orders:info
    with: { order: '\${{ inputs.order_id }}' }
final_output: \${{ steps.order.id }}
\`\`\`
3. Validate with ${name('workflow.validate')} until there are no violations. Check ${name('workflow.preview_inputs')} and ${name('workflow.step_plan')}.
4. Save with ${name('workflow.save')}. To change a workflow, pass overwrite and the version you read as expected_version.
5. Run with ${name('workflow.run')} as a task. Without tasks: ${name('run.start')}, then ${name('run.status')} until the status is succeeded, failed or canceled. Never assume that a run succeeded.
${name('workflow.author_and_run')} does 2 to 5 in one task; ${name('workflow.repair_and_rerun')} corrects a run that failed.

One command: ${name('command.run_safe')} reads, ${name('command.run')} changes, ${name('command.run_destructive')} removes.

When two focused searches find nothing, the API may not be imported:
- Prefer ${name('catalog.validate_openapi')}, then ${name('catalog.preview_import')}, then ${name('catalog.import_openapi')}.
- Use a local path as the source; use a URL only when the person asks for it.
- Always show the person the warnings and violations of an import.

Delete, cancel or remove only when the person explicitly asks for it. Set confirm: true only after they agreed to exactly this call.

Errors carry error_code and suggested_action: do what it says. Retry unchanged only when retryable is true.${names}`;
}
