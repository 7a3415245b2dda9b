/**
 * The rules of validation. An id is a promise; `specs/WORKFLOWS.md` is compared with these tables by a test.
 *
 * Ids in capitals come from earlier manifests and tools.
 */
import { argumentRules } from '../schema/check-arguments.ts';

export const violationRules = [
  // shape
  'limit_exceeded',
  'schema',
  'unknown_key',
  'name_not_allowed',
  'if_and_when',
  'duration_invalid',
  'retry_on_invalid',
  'pattern_invalid',
  // expressions
  'expression_invalid',
  'template_syntax',
  'unknown_input',
  'input_path_missing',
  'unknown_run_field',
  'step_template_unknown_step',
  'step_template_output_path_missing',
  'item_outside_for_each',
  'for_each_not_a_list',
  'reference_not_available',
  'secret_not_allowed',
  'secret_not_bound',
  // steps
  'duplicate_step_id',
  'unknown_dependency',
  'step_cycle',
  'WORKFLOW_STEP_RUN_INVALID',
  'WORKFLOW_STEP_COMMAND_NOT_FOUND',
  'workflow_recursion',
  'sub_workflow_invalid',
  'catalog_disabled',
  'catalog_requirement',
  ...argumentRules,
  // inputs
  'input_value_invalid',
  'input_cycle',
  'provider_not_found',
  'provider_not_safe',
  'provider_argument_unknown',
  'provider_argument_missing',
  'provider_argument_binding',
  'provider_argument_missing_depends_on',
  'depends_on_not_upstream',
  'provider_select_value_field_missing',
  'provider_select_value_field_non_scalar',
] as const;

export type ViolationRule = (typeof violationRules)[number];

export const warningRules = [
  'catalog_version',
  'step_template_output_unverifiable',
  'step_template_array_output_missing_index',
  'step_template_conditional_step',
  'depends_on_conditional_step',
  'template_expression_quoted_non_string_input',
  'workflow_mutation_before_preflight',
  'mutating_step_missing_guard',
  'provision_step_without_existence_check',
  'endpoint_context_mismatch',
  'command_deprecated',
  'env_not_declared',
  'provider_argument_from_step',
  'setting_without_effect',
  'secret_in_manifest',
  'unused_input',
  'workflow_not_found',
] as const;

export type WarningRule = (typeof warningRules)[number];
